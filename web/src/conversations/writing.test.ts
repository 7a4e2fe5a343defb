import { beforeEach, describe, expect, it } from 'vitest';
import { channel, World } from '../connection/test/world';
import { channelSummaries } from './overview';
import { maySend, writingIn } from './writing';

let world: World;
beforeEach(() => {
  world = new World();
});

const THERE = { kind: 'channel', id: 1 } as const;

function writing() {
  const [summary] = channelSummaries(world.state, new Map());
  return writingIn(summary!, world.state, world.clock.now());
}

function acknowledge(sendKey: string): void {
  const position = { log: 1, epoch: 'first', seq: 6, message_id: 106 };
  const authored_at = '2026-01-02T03:04:05Z';
  world.server.says('ack', { send_key: sendKey, ...position, authored_at, repeated: false });
}

function refuse(sendKey: string, code: string, retry_after_ms: number): void {
  world.server.says('error', { send_key: sendKey, code, message: '', retry_after_ms });
}

describe('a member', () => {
  it('writes freely where there are no rules', async () => {
    await world.connect();
    world.chat.send(THERE, 'one');
    expect(writing()).toEqual({ kind: 'free' });
  });

  it('only reads in a read-only channel', async () => {
    await world.connect({ channels: [channel(1, 5, { read_only: true })] });
    expect(writing()).toEqual({ kind: 'read only' });
    expect(maySend(writing())).toBe(false);
  });

  it('writes one message at a time in slow mode, and waits between two', async () => {
    await world.connect({ channels: [channel(1, 5, { slow_mode_seconds: 30 })] });
    expect(writing()).toEqual({ kind: 'free' });
    world.chat.send(THERE, 'one');
    expect(writing()).toEqual({ kind: 'slow', seconds: 30, until: null });
    acknowledge('key1');
    const until = world.clock.now() + 30_000;
    expect(writing()).toEqual({ kind: 'slow', seconds: 30, until });
    expect(maySend(writing())).toBe(false);
    await world.clock.pass(30_000);
    expect(writing()).toEqual({ kind: 'free' });
  });

  it('who was refused for slow mode may write when that is over', async () => {
    await world.connect({ channels: [channel(1, 5, { slow_mode_seconds: 30 })] });
    world.chat.send(THERE, 'one');
    refuse('key1', 'slow_mode', 4_000);
    expect(maySend(writing())).toBe(false);
    await world.clock.pass(4_000);
    expect(writing()).toEqual({ kind: 'free' });
  });

  it('who is muted may try: a moderator may have lifted it', async () => {
    await world.connect();
    world.chat.send(THERE, 'one');
    refuse('key1', 'muted', 60_000);
    expect(writing()).toEqual({ kind: 'muted', until: world.clock.now() + 60_000 });
    expect(maySend(writing())).toBe(true);
    await world.clock.pass(60_000);
    expect(writing()).toEqual({ kind: 'free' });
  });
});

describe('a moderator', () => {
  it('writes where members only read, and without waiting', async () => {
    const rules = { read_only: true, slow_mode_seconds: 30 };
    await world.connect({ roles: ['member', 'moderator'], channels: [channel(1, 5, rules)] });
    world.chat.send(THERE, 'one');
    expect(writing()).toEqual({ kind: 'free' });
  });

  it('who is made a member again does not', async () => {
    const channels = [channel(1, 5, { read_only: true })];
    await world.connect({ roles: ['member', 'moderator'], channels });
    world.server.says('roles_changed', { roles: ['member'] });
    expect(writing()).toEqual({ kind: 'read only' });
  });
});
