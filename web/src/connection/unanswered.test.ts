import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, BOB, channel, EPOCH, World } from './test/world';

let world: World;
beforeEach(() => {
  world = new World();
});

const CHANNEL = { kind: 'channel', id: 1 } as const;

function acknowledge(key: string, seq: number, more: object = {}): void {
  world.server.says('ack', {
    send_key: key,
    log: 1,
    epoch: EPOCH,
    seq,
    message_id: 100 + seq,
    authored_at: '2026-01-02T03:04:05Z',
    repeated: false,
    ...more,
  });
}

function ownCopy(key: string, seq: number): void {
  world.writes(seq, { owner_id: ALICE.id, username: ALICE.username, send_key: key });
}

function refuse(key: string, code: string, more: object = {}): void {
  world.server.says('error', { send_key: key, code, message: code, ...more });
}

const sentKeys = () =>
  world.commands('chat_message').map((command) => 'send_key' in command && command.send_key);
const kinds = () => world.state.unanswered.map(({ state }) => state.kind);

describe('a message of ours', () => {
  beforeEach(() => world.connect());

  it('is pending, then acknowledged, then in its log', () => {
    world.chat.send(CHANNEL, 'hello');
    expect(world.commands('chat_message')).toEqual([
      { type: 'chat_message', send_key: 'key1', channel_id: 1, message: 'hello' },
    ]);
    expect(kinds()).toEqual(['pending']);
    acknowledge('key1', 6);
    expect(world.state.unanswered[0]!.state).toMatchObject({ kind: 'acknowledged', seq: 6 });
    ownCopy('key1', 6);
    expect(kinds()).toEqual([]);
    expect(world.texts()).toEqual(['m6']);
  });

  it('is shown once when its copy comes before the acknowledgement', () => {
    world.chat.send(CHANNEL, 'hello');
    ownCopy('key1', 6);
    acknowledge('key1', 6);
    expect(kinds()).toEqual([]);
    expect(world.texts()).toHaveLength(1);
  });

  it('goes to a person by their id', () => {
    world.chat.send({ kind: 'person', ...BOB }, 'psst');
    expect(world.commands('private_chat_message')).toEqual([
      { type: 'private_chat_message', send_key: 'key1', recipient_id: 'b', message: 'psst' },
    ]);
  });
});

describe('an unanswered message', () => {
  beforeEach(() => world.connect());

  it('is repeated under the same key on the next connection, in order', async () => {
    world.chat.send(CHANNEL, 'one');
    world.chat.send(CHANNEL, 'two');
    await world.reconnect();
    expect(sentKeys()).toEqual(['key1', 'key2']);
  });

  it('that was stored after all is not shown twice and not counted as missed', async () => {
    world.chat.send(CHANNEL, 'one');
    await world.reconnect({ channels: [channel(1, 6)] });
    ownCopy('key1', 6);
    world.subscribed(1, 6);
    world.subscribed('inbox', 0);
    acknowledge('key1', 6, { repeated: true });
    expect(kinds()).toEqual([]);
    expect(world.texts()).toHaveLength(1);
    expect(world.state.caughtUp).toEqual({ missed: 0 });
  });

  it('composed while there is no connection is sent when there is one', async () => {
    await world.server.ends(1006);
    world.chat.send(CHANNEL, 'later');
    expect(kinds()).toEqual(['pending']);
    await world.clock.pass(500);
    world.greet();
    expect(sentKeys()).toEqual(['key1']);
  });

  it('outlives a reload of the page', async () => {
    world.chat.send(CHANNEL, 'one');
    const reloaded = new World();
    reloaded.kept = world.kept;
    await reloaded.connect();
    expect(reloaded.commands('chat_message')).toMatchObject([{ send_key: 'key1', message: 'one' }]);
  });
});

describe('a refused message', () => {
  beforeEach(() => world.connect());

  it('for its rate is repeated when the server says, and later ones wait behind it', async () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'rate_limited', { retry_after_ms: 4_000 });
    world.chat.send(CHANNEL, 'two');
    expect(kinds()).toEqual(['waiting', 'pending']);
    await world.clock.pass(3_999);
    expect(sentKeys()).toEqual(['key1']);
    await world.clock.pass(1);
    expect(sentKeys()).toEqual(['key1', 'key1']);
    acknowledge('key1', 6);
    expect(sentKeys()).toEqual(['key1', 'key1', 'key2']);
  });

  it('lets the later ones go when it is refused for good', async () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'rate_limited', { retry_after_ms: 4_000 });
    world.chat.send(CHANNEL, 'two');
    await world.clock.pass(4_000);
    refuse('key1', 'forbidden');
    expect(sentKeys()).toEqual(['key1', 'key1', 'key2']);
  });

  it('that is discarded while it waits lets the later ones go', () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'rate_limited', { retry_after_ms: 4_000 });
    world.chat.send(CHANNEL, 'two');
    world.chat.discard('key1');
    expect(sentKeys()).toEqual(['key1', 'key2']);
  });

  it('for lack of the store is repeated with growing pauses', async () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'unavailable');
    await world.clock.pass(1_000);
    refuse('key1', 'unavailable');
    await world.clock.pass(1_999);
    expect(sentKeys()).toHaveLength(2);
    await world.clock.pass(1);
    expect(sentKeys()).toHaveLength(3);
  });

  it('for good says why, and does not hold up the others', () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'forbidden');
    world.chat.send(CHANNEL, 'two');
    expect(world.state.unanswered[0]!.state).toEqual({
      kind: 'failed',
      code: 'forbidden',
      reason: 'forbidden',
    });
    expect(sentKeys()).toEqual(['key1', 'key2']);
  });

  it('can be tried again or discarded', () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'forbidden');
    world.chat.retry('key1');
    expect(sentKeys()).toEqual(['key1', 'key1']);
    refuse('key1', 'forbidden');
    world.chat.discard('key1');
    expect(kinds()).toEqual([]);
  });

  it('for its key gets another key', () => {
    world.chat.send(CHANNEL, 'one');
    refuse('key1', 'send_key_conflict');
    world.chat.retry('key1');
    expect(sentKeys()).toEqual(['key1', 'key2']);
  });
});
