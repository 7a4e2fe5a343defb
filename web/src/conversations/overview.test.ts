// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, BOB, channel, EPOCH, message, World } from '../connection/test/world';
import { exchangesOf } from './exchanges';
import { channelSummaries, channelToCount, exchangeSummaries } from './overview';
import { ReadMarks } from './read-marks';

let world: World;
let marks: ReadMarks;

beforeEach(async () => {
  localStorage.clear();
  world = new World();
  await world.connect({
    channels: [channel(1, 5), channel(2, 0)],
    inbox: { epoch: EPOCH, seq: 1 },
  });
  for (const [log, seq] of [
    [1, 5],
    [2, 0],
    ['inbox', 1],
  ] as const)
    world.subscribed(log, seq);
  marks = new ReadMarks(localStorage, 'marks');
  marks.begin(world.state.logs);
});

const unread = () =>
  channelSummaries(world.state, marks.getSnapshot()).map((summary) => summary.unread);

function people(open: typeof BOB | null = null) {
  const exchanges = exchangesOf(world.state.logs.get('inbox')!.messages, ALICE.id);
  return exchangeSummaries(world.state, exchanges, marks.getSnapshot(), open).map(
    ({ name, unread: count, online }) => ({ name, count, online }),
  );
}

function privately(seq: number, from: typeof BOB, to: typeof BOB): void {
  world.server.says('private_chat_message', {
    ...message(seq),
    log: 'inbox',
    owner_id: from.id,
    username: from.username,
    recipient_id: to.id,
    recipient: to.username,
  });
}

describe('unread messages of a channel', () => {
  it('are none at the first look', () => {
    expect(unread()).toEqual([0, 0]);
  });

  it('are those of others that came since', () => {
    world.writes(6);
    world.writes(7, { owner_id: ALICE.id });
    world.writes(8);
    expect(unread()).toEqual([2, 0]);
    marks.mark('channel:1', { epoch: EPOCH, seq: 8 });
    expect(unread()).toEqual([0, 0]);
  });

  it('are counted by position where history was not fetched', async () => {
    const later = new World();
    await later.connect({ channels: [channel(1, 9)] });
    world = later;
    expect(unread()).toEqual([4]);
  });

  it('do not count removed messages, nor the removal', () => {
    world.writes(6);
    world.writes(7);
    const removal = { log: 1, epoch: EPOCH, seq: 8, message_id: 106, removed_seq: 6 };
    world.server.says('message_removed', removal);
    expect(unread()).toEqual([1, 0]);
  });

  it('are fetched where they are a guess, one channel after the other', async () => {
    world = new World();
    await world.connect({ channels: [channel(1, 6), channel(2, 3), channel(3, 0)] });
    const next = () => channelToCount(world.state, marks.getSnapshot());
    expect(unread()).toEqual([1, 3, 0]);
    expect(next()).toBe(1);
    world.chat.load(1);
    expect(next()).toBeNull();
    // Of the channel's entries 5 was read, and 6 is a removal: nothing is left to read.
    const messages = [message(4), message(5, { removed: true })];
    world.server.says('history', { log: 1, epoch: EPOCH, messages, has_more: false });
    expect(unread()).toEqual([0, 3, 0]);
    expect(next()).toBe(2);
    world.chat.load(2);
    const newest = [message(3, { log: 2 })];
    world.server.says('history', { log: 2, epoch: EPOCH, messages: newest, has_more: true });
    expect(next()).toBeNull();
  });

  it('are none when the marks are of another epoch', async () => {
    const restored = new World();
    await restored.connect({ channels: [channel(1, 9, { epoch: 'second' })] });
    world = restored;
    expect(unread()).toEqual([0]);
  });
});

describe('private conversations', () => {
  it('are told apart by who is at the other end, the newest first', () => {
    const carol = { id: 'c', username: 'carol' };
    privately(2, BOB, ALICE);
    privately(3, ALICE, BOB);
    privately(4, carol, ALICE);
    expect(people()).toEqual([
      { name: 'carol', count: 1, online: false },
      { name: 'bob', count: 1, online: true },
    ]);
    marks.mark('person:c', { epoch: EPOCH, seq: 4 });
    expect(people().map(({ count }) => count)).toEqual([0, 1]);
  });

  it('list the person that was opened before the first message', () => {
    expect(people(BOB)).toEqual([{ name: 'bob', count: 0, online: true }]);
  });
});

describe('read marks', () => {
  it('never go back, and are there after a reload', () => {
    marks.mark('channel:1', { epoch: EPOCH, seq: 8 });
    marks.mark('channel:1', { epoch: EPOCH, seq: 6 });
    const reloaded = new ReadMarks(localStorage, 'marks');
    reloaded.begin(world.state.logs);
    expect(reloaded.getSnapshot().get('channel:1')).toEqual({ epoch: EPOCH, seq: 8 });
  });
});
