import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from './test/fakes';
import { BOB, World } from './test/world';

let world: World;
beforeEach(() => {
  world = new World();
});

const HOUR_MS = 3_600_000;

describe('a lost connection', () => {
  it('is opened with the protocol and the token', async () => {
    world.tokens = ['abc'];
    await world.connect();
    expect(world.server.protocols).toEqual(['hubbub.v1', 'bearer.abc']);
    expect(world.state.connection).toEqual({ kind: 'open' });
  });

  it('is tried again within half a second, then with a doubled bound up to 30 s', async () => {
    world.dice = 1;
    await world.connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await world.server.ends(1006);
      const { connection } = world.state;
      if (connection.kind !== 'waiting') throw new Error('not waiting');
      waits.push(connection.retryAt - world.clock.now());
      await world.clock.pass(waits.at(-1)!);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is tried anywhere between at once and the bound', async () => {
    world.dice = 0.25;
    await world.connect();
    await world.server.ends(1006);
    expect(world.state.connection).toMatchObject({ retryAt: world.clock.now() + 125 });
  });

  it('starts from the first bound again after a connection that lasted', async () => {
    world.dice = 1;
    await world.connect();
    await world.server.ends(1006);
    await world.clock.pass(500);
    world.greet();
    await world.clock.pass(10_000);
    await world.server.ends(1006);
    expect(world.state.connection).toMatchObject({ retryAt: world.clock.now() + 500 });
  });

  it('waits as long as the server says', async () => {
    await world.connect();
    await world.server.ends(1001, '{"retry_in_ms":7000}');
    await world.clock.pass(6_999);
    expect(world.sockets).toHaveLength(1);
    await world.clock.pass(1);
    expect(world.sockets).toHaveLength(2);
  });

  it('is tried at once when the network is back', async () => {
    await world.connect();
    await world.server.ends(1001, '{"retry_in_ms":20000}');
    world.chat.wake();
    await settle();
    expect(world.sockets).toHaveLength(2);
    await world.clock.pass(20_000);
    expect(world.sockets).toHaveLength(3);
    expect(world.sockets[1]!.closedByPage).toBe(true);
  });

  it('is noticed after 60 s of silence', async () => {
    await world.connect();
    await world.clock.pass(50_000);
    world.server.says('heartbeat', { heads: [] });
    await world.clock.pass(59_999);
    expect(world.state.connection.kind).toBe('open');
    await world.clock.pass(1);
    expect(world.state.connection.kind).toBe('waiting');
    expect(world.server.closedByPage).toBe(true);
  });

  it('is noticed sooner when hello never comes', async () => {
    world.chat.start();
    await world.clock.pass(15_000);
    expect(world.state.connection.kind).toBe('waiting');
  });

  it('says nothing more once the page has given it up', async () => {
    await world.connect();
    const old = world.server;
    await world.clock.pass(60_000);
    old.says('user_status', { changes: [{ ...BOB, status: false }] });
    expect(world.state.people).toContainEqual(BOB);
  });
});

describe('a close code', () => {
  it('4401 asks for another token and reconnects at once', async () => {
    world.tokens = ['old', 'new'];
    await world.connect();
    await world.server.ends(4401);
    expect(world.refusedTokens).toEqual([undefined, 'old']);
    expect(world.server.protocols).toContain('bearer.new');
  });

  it('4401 for every token ends in signing in again', async () => {
    await world.connect();
    await world.server.ends(4401);
    await world.server.ends(4401);
    await world.clock.pass(30_000);
    await world.server.ends(4401);
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'signed_out' });
  });

  it('4401 of a disabled account ends the session without another try', async () => {
    await world.connect();
    await world.server.ends(4401, 'account disabled');
    await world.clock.pass(HOUR_MS);
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'disabled' });
    expect(world.sockets).toHaveLength(1);
  });

  it('4403 stops for good', async () => {
    await world.connect();
    await world.server.ends(4403);
    world.chat.wake();
    await world.clock.pass(HOUR_MS);
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'banned' });
    expect(world.sockets).toHaveLength(1);
  });

  it('4400 stops too: the same frames would be refused again', async () => {
    await world.connect();
    await world.server.ends(4400);
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'outdated' });
  });

  it('4429 waits at least 5 s', async () => {
    world.dice = 0;
    await world.connect();
    await world.server.ends(4429);
    expect(world.state.connection).toEqual({
      kind: 'waiting',
      retryAt: world.clock.now() + 5_000,
      tooMany: true,
    });
  });
});

describe('the token', () => {
  it('is replaced on the open connection before it ends', async () => {
    world.tokens = ['old', 'new'];
    await world.connect();
    world.server.says('token_expiring', { expires_at: '2026-01-02T03:04:05Z' });
    await settle();
    expect(world.refusedTokens).toEqual([undefined, 'old']);
    expect(world.commands('refresh_token')).toEqual([{ type: 'refresh_token', token: 'new' }]);
  });

  it('is asked for again on the open connection when the issuer is away', async () => {
    world.tokens = ['old', new Error('no network'), 'new'];
    await world.connect();
    world.server.says('token_expiring', { expires_at: '2026-01-02T03:04:05Z' });
    await world.clock.pass(4_999);
    expect(world.commands('refresh_token')).toEqual([]);
    await world.clock.pass(1);
    expect(world.commands('refresh_token')).toEqual([{ type: 'refresh_token', token: 'new' }]);
  });

  it('is offered again when the server cannot check it just now', async () => {
    world.tokens = ['old', 'new'];
    await world.connect();
    world.server.says('token_expiring', { expires_at: '2026-01-02T03:04:05Z' });
    await settle();
    const refused = { command: 'refresh_token', code: 'unavailable', message: '' };
    world.server.says('error', { ...refused, retry_after_ms: 10_000 });
    await world.clock.pass(10_000);
    const offer = { type: 'refresh_token', token: 'new' };
    expect(world.commands('refresh_token')).toEqual([offer, offer]);
    world.server.says('error', { ...refused, code: 'token_invalid' });
    await world.clock.pass(20_000);
    expect(world.commands('refresh_token')).toHaveLength(2);
  });

  it('that cannot be had for lack of network is asked for again', async () => {
    world.tokens = [new Error('no network'), 'good'];
    world.chat.start();
    await settle();
    expect(world.state.connection.kind).toBe('waiting');
    await world.clock.pass(500);
    expect(world.sockets).toHaveLength(1);
  });

  it('that is not there any more means signing in', async () => {
    world.tokens = [null];
    world.chat.start();
    await settle();
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'signed_out' });
  });

  it('of somebody else stops the page instead of mixing two users', async () => {
    await world.connect();
    await world.reconnect({ user: BOB });
    expect(world.state.connection).toEqual({ kind: 'stopped', reason: 'other_user' });
    expect(world.state.session!.user.username).toBe('alice');
  });
});

describe('people and limits', () => {
  it('follow what the server says', async () => {
    await world.connect();
    const carol = { id: 'c', username: 'carol' };
    world.server.says('user_status', {
      changes: [
        { ...carol, status: true },
        { ...BOB, status: false },
      ],
    });
    expect(world.state.people.map(({ username }) => username)).toEqual(['alice', 'carol']);
    world.server.says('limits_updated', { message_limit: 3, window_seconds: 60 });
    expect(world.state.session!.limits).toMatchObject({
      message_limit: 3,
      message_length_max: 4000,
    });
  });
});

describe('observers', () => {
  it('of a long replay are called now and then, not for each message', async () => {
    await world.connect();
    await world.clock.pass(1_000);
    let calls = 0;
    world.chat.state.subscribe(() => (calls += 1));
    for (let seq = 6; seq < 1_006; seq += 1) world.writes(seq);
    await world.clock.pass(1_000);
    expect(calls).toBe(1);
    expect(world.texts()).toHaveLength(1_000);
  });

  it('see the same object until something changes', async () => {
    await world.connect();
    const before = world.state;
    expect(world.state).toBe(before);
    world.writes(6);
    expect(world.state).not.toBe(before);
    expect(world.state.logs.get('inbox')).toBe(before.logs.get('inbox'));
  });
});
