import { beforeEach, describe, expect, it } from 'vitest';
import { channel, EPOCH, message, World } from './test/world';

let world: World;
beforeEach(() => {
  world = new World();
});

describe('the first connection', () => {
  it('subscribes every log from the end that hello gives', async () => {
    await world.connect({
      channels: [channel(1, 5), channel(2, 0)],
      inbox: { epoch: EPOCH, seq: 7 },
    });
    expect(world.commands('subscribe')).toEqual([
      { type: 'subscribe', log: 1, since: { epoch: EPOCH, seq: 5 } },
      { type: 'subscribe', log: 2, since: { epoch: EPOCH, seq: 0 } },
      { type: 'subscribe', log: 'inbox', since: { epoch: EPOCH, seq: 7 } },
    ]);
  });

  it('fetches history of the inbox at once and of a channel when it is opened', async () => {
    await world.connect({ inbox: { epoch: EPOCH, seq: 7 } });
    expect(world.commands('history')).toEqual([
      { type: 'history', log: 'inbox', before: 8, limit: 200 },
    ]);
    world.chat.load(1);
    world.chat.load(1);
    expect(world.commands('history').slice(1)).toEqual([
      { type: 'history', log: 1, before: 6, limit: 50 },
    ]);
  });

  it('puts history, replay and live entries together without a gap or a double', async () => {
    await world.connect();
    world.chat.load(1);
    world.writes(6);
    world.subscribed(1, 6);
    world.writes(7);
    world.server.says('history', {
      log: 1,
      epoch: EPOCH,
      messages: [4, 5, 6].map((seq) => message(seq)),
      has_more: true,
    });
    expect(world.texts()).toEqual(['m4', 'm5', 'm6', 'm7']);
    world.chat.loadOlder(1);
    expect(world.commands('history').at(-1)).toMatchObject({ log: 1, before: 4 });
  });

  it('has nothing older once the server has no more', async () => {
    await world.connect();
    world.chat.load(1);
    world.server.says('history', { log: 1, epoch: EPOCH, messages: [message(2)], has_more: false });
    expect(world.state.logs.get(1)).toMatchObject({ start: 0, loaded: true });
    world.chat.loadOlder(1);
    expect(world.commands('history')).toHaveLength(1);
  });

  it('asks for refused history again only after a while', async () => {
    await world.connect();
    world.chat.load(1);
    const refusal = {
      command: 'history',
      log: 1,
      code: 'overloaded',
      message: '',
      retry_after_ms: 900,
    };
    world.server.says('error', refusal);
    world.chat.load(1);
    expect(world.commands('history')).toHaveLength(1);
    await world.clock.pass(900);
    world.chat.load(1);
    expect(world.commands('history')).toHaveLength(2);
  });
});

describe('after a reconnect', () => {
  it('subscribes with the position kept and counts what was missed', async () => {
    await world.connect();
    world.writes(6);
    await world.reconnect({ channels: [channel(1, 9)] });
    expect(world.commands('subscribe')[0]).toEqual({
      type: 'subscribe',
      log: 1,
      since: { epoch: EPOCH, seq: 6 },
    });
    expect(world.state).toMatchObject({ catchingUp: true, caughtUp: null });
    for (const seq of [7, 8, 9]) world.writes(seq);
    world.subscribed(1, 9);
    world.subscribed('inbox', 0);
    expect(world.state).toMatchObject({ catchingUp: false, caughtUp: { missed: 3 } });
    await world.clock.pass(8_000);
    expect(world.state.caughtUp).toBeNull();
  });

  it('still knows what it missed when the connection is lost in the middle', async () => {
    await world.connect();
    await world.reconnect({ channels: [channel(1, 7)] });
    world.writes(6);
    await world.reconnect({ channels: [channel(1, 7)] });
    world.writes(7);
    world.subscribed(1, 7);
    world.subscribed('inbox', 0);
    expect(world.state.caughtUp).toEqual({ missed: 2 });
  });

  it('asks again for the history that was under way', async () => {
    await world.connect();
    world.chat.load(1);
    await world.reconnect();
    expect(world.commands('history')).toHaveLength(1);
  });

  it('reads a channel made meanwhile from its beginning and forgets one that is gone', async () => {
    await world.connect({ channels: [channel(1, 5), channel(2, 0)] });
    await world.reconnect({ channels: [channel(1, 5), channel(3, 2)] });
    expect(world.commands('subscribe')).toContainEqual({
      type: 'subscribe',
      log: 3,
      since: { epoch: EPOCH, seq: 0 },
    });
    expect([...world.state.logs.keys()]).toEqual([1, 'inbox', 3]);
  });

  it('keeps a live entry that overtakes the replay until the replay is over', async () => {
    await world.connect();
    await world.reconnect({ channels: [channel(1, 7)] });
    world.writes(8);
    world.writes(6);
    world.writes(7);
    world.subscribed(1, 7);
    expect(world.texts()).toEqual(['m6', 'm7', 'm8']);
    world.writes(9);
    expect(world.texts()).toEqual(['m6', 'm7', 'm8', 'm9']);
  });
});

describe('entries', () => {
  it('are taken once, however often they come', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.writes(6);
    world.writes(6);
    world.writes(4);
    expect(world.texts()).toEqual(['m6']);
  });

  it('that do not follow make the page ask for what lies between', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.writes(8);
    expect(world.commands('subscribe').at(-1)).toMatchObject({ log: 1, since: { seq: 5 } });
    for (const seq of [6, 7, 8]) world.writes(seq);
    world.subscribed(1, 8);
    expect(world.texts()).toEqual(['m6', 'm7', 'm8']);
  });

  it('of a kind unknown to this page count, so that nothing is missing', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.server.says('message_starred', { log: 1, epoch: EPOCH, seq: 6 });
    world.writes(7);
    expect(world.texts()).toEqual(['m7']);
    expect(world.commands('subscribe')).toHaveLength(2);
  });

  it('blank a removed message in its place', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.writes(6);
    world.server.says('message_removed', {
      log: 1,
      epoch: EPOCH,
      seq: 7,
      message_id: 106,
      removed_seq: 6,
    });
    expect(world.state.logs.get(1)!.messages[0]).toMatchObject({ text: '', removed: true });
    expect(world.state.logs.get(1)!.seq).toBe(7);
  });
});

describe('a removal', () => {
  const removed = { log: 1, epoch: EPOCH, seq: 6, message_id: 103, removed_seq: 3 };
  const page = (payloads: object[]) =>
    world.server.says('history', { log: 1, epoch: EPOCH, messages: payloads, has_more: false });

  it('that overtakes the history read before it still blanks the message', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.chat.load(1);
    world.server.says('message_removed', removed);
    page([message(3), message(4)]);
    expect(world.texts()).toEqual(['', 'm4']);
    expect(world.state.logs.get(1)!.messages[0]!.removed).toBe(true);
  });

  it('made while we were away is no news', async () => {
    await world.connect();
    world.writes(6);
    await world.reconnect({ channels: [channel(1, 7)] });
    world.server.says('message_removed', { ...removed, seq: 7, removed_seq: 6 });
    world.subscribed(1, 7);
    world.subscribed('inbox', 0);
    expect(world.state.caughtUp).toEqual({ missed: 0 });
    expect(world.texts()).toEqual(['']);
  });
});

describe('a heartbeat', () => {
  it('that knows more than we have seen makes the page ask', async () => {
    await world.connect();
    world.server.says('heartbeat', { heads: [{ log: 1, epoch: EPOCH, seq: 9 }] });
    expect(world.commands('subscribe')).toHaveLength(2);
    world.subscribed(1, 5);
    world.server.says('heartbeat', { heads: [{ log: 1, epoch: EPOCH, seq: 5 }] });
    expect(world.commands('subscribe')).toHaveLength(2);
    world.server.says('heartbeat', { heads: [{ log: 1, epoch: EPOCH, seq: 6 }] });
    expect(world.commands('subscribe')).toHaveLength(3);
  });
});

describe('a gap', () => {
  it('of another epoch forgets what was read and starts with the new history', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.writes(6);
    await world.reconnect({ channels: [channel(1, 2, { epoch: 'second' })] });
    world.server.says('gap', { log: 1, from: 0, to: 0, reason: 'epoch' });
    world.writes(1, { epoch: 'second', message: 'n1' });
    world.writes(2, { epoch: 'second', message: 'n2' });
    world.subscribed(1, 2, 'second');
    world.writes(3, { epoch: 'second', message: 'n3' });
    expect(world.texts()).toEqual(['n1', 'n2', 'n3']);
    expect(world.state.logs.get(1)).toMatchObject({ epoch: 'second', seq: 3 });
  });

  it('of retention keeps what was read and says what is missing', async () => {
    await world.connect();
    world.subscribed(1, 5);
    world.writes(6);
    await world.reconnect({ channels: [channel(1, 20)] });
    world.server.says('gap', { log: 1, from: 7, to: 18, reason: 'retention' });
    world.writes(19);
    world.writes(20);
    world.subscribed(1, 20);
    expect(world.texts()).toEqual(['m6', 'm19', 'm20']);
    expect(world.state.logs.get(1)!.gaps).toEqual([{ from: 7, to: 18, reason: 'retention' }]);
  });
});

describe('channels', () => {
  it('come, change and go', async () => {
    await world.connect();
    world.server.says('channel_created', { channel: channel(2, 0) });
    expect(world.commands('subscribe').at(-1)).toMatchObject({ log: 2, since: { seq: 0 } });
    world.server.says('channel_updated', {
      channel: channel(2, 0, { name: 'new', sort_order: 0 }),
    });
    expect(world.state.channels.map(({ name }) => name)).toEqual(['new', 'c1']);
    world.server.says('channel_removed', { channel: { id: 1, name: 'c1' } });
    expect(world.state.channels.map(({ id }) => id)).toEqual([2]);
    expect(world.state.logs.has(1)).toBe(false);
  });
});
