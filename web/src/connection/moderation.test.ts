import { beforeEach, describe, expect, it } from 'vitest';
import { channel, EPOCH, World } from './test/world';

const SLOW = { kind: 'channel', id: 1 } as const;
const OTHER = { kind: 'channel', id: 2 } as const;

let world: World;
beforeEach(async () => {
  world = new World();
  await world.connect({ channels: [channel(1, 5, { slow_mode_seconds: 30 }), channel(2, 0)] });
});

function acknowledge(sendKey: string, log: number, more: object = {}): void {
  world.server.says('ack', {
    send_key: sendKey,
    log,
    epoch: EPOCH,
    seq: 6,
    message_id: 106,
    authored_at: '2026-01-02T03:04:05Z',
    repeated: false,
    ...more,
  });
}

function refuse(sendKey: string, code: string, retryAfterMs: number): void {
  const error = { send_key: sendKey, code, message: code, retry_after_ms: retryAfterMs };
  world.server.says('error', error);
}

const pauses = () => Object.fromEntries(world.state.pauses);
const inSeconds = (seconds: number) => world.clock.now() + seconds * 1000;

describe('slow mode', () => {
  it('begins with a message of ours that got in', () => {
    world.chat.send(SLOW, 'one');
    expect(pauses()).toEqual({});
    acknowledge('key1', 1);
    expect(pauses()).toEqual({ 1: { reason: 'slow_mode', until: inSeconds(30) } });
  });

  it('is none in other channels, for moderators, and for what was stored before', () => {
    world.chat.send(OTHER, 'one');
    acknowledge('key1', 2);
    world.chat.send(SLOW, 'two');
    acknowledge('key2', 1, { repeated: true });
    expect(pauses()).toEqual({});
    world.server.says('roles_changed', { roles: ['member', 'moderator'] });
    world.chat.send(SLOW, 'three');
    acknowledge('key3', 1);
    expect(pauses()).toEqual({});
  });

  it('lasts as long as the refusal says, and keeps the refused text', () => {
    world.chat.send(SLOW, 'too soon');
    refuse('key1', 'slow_mode', 12_000);
    expect(pauses()).toEqual({ 1: { reason: 'slow_mode', until: inSeconds(12) } });
    expect(world.state.unanswered).toMatchObject([
      { text: 'too soon', state: { kind: 'failed', code: 'slow_mode' } },
    ]);
  });

  it('does not hold up what is written elsewhere', () => {
    world.chat.send(SLOW, 'too soon');
    refuse('key1', 'slow_mode', 12_000);
    world.chat.send(OTHER, 'at once');
    expect(world.commands('chat_message')).toHaveLength(2);
  });

  it('ends when the channel loses it', () => {
    world.chat.send(SLOW, 'one');
    acknowledge('key1', 1);
    world.server.says('channel_updated', { channel: channel(1, 6) });
    expect(pauses()).toEqual({});
  });
});

describe('a muted person', () => {
  it('learns until when, and keeps the text', () => {
    world.chat.send(SLOW, 'hello?');
    refuse('key1', 'muted', 60_000);
    expect(pauses()).toEqual({ 1: { reason: 'muted', until: inSeconds(60) } });
    expect(world.state.unanswered).toMatchObject([
      { text: 'hello?', state: { kind: 'failed', code: 'muted', until: inSeconds(60) } },
    ]);
  });

  it('may be muted until somebody lifts it', () => {
    world.chat.send({ kind: 'person', id: 'b', username: 'bob' }, 'psst');
    refuse('key1', 'muted', 0);
    expect(pauses()).toEqual({ inbox: { reason: 'muted', until: null } });
    expect(world.state.unanswered[0]!.state).not.toHaveProperty('until');
  });

  it('is muted no more when a message gets in', () => {
    world.chat.send(OTHER, 'one');
    refuse('key1', 'muted', 0);
    world.chat.retry('key1');
    acknowledge('key1', 2);
    expect(pauses()).toEqual({});
  });

  it('stays muted when slow mode ends', () => {
    world.chat.send(SLOW, 'one');
    refuse('key1', 'muted', 0);
    world.server.says('channel_updated', { channel: channel(1, 6) });
    expect(pauses()).toEqual({ 1: { reason: 'muted', until: null } });
  });
});

describe('rules and roles', () => {
  it('of channels are those of hello, then those of the latest change', () => {
    expect(world.state.channels[0]).toMatchObject({ slowModeSeconds: 30, readOnly: false });
    world.server.says('channel_updated', {
      channel: channel(1, 5, { read_only: true, staff_only: true, private: true }),
    });
    expect(world.state.channels[0]).toMatchObject({
      slowModeSeconds: 0,
      readOnly: true,
      staffOnly: true,
      isPrivate: true,
    });
  });

  it('of the user change while they look', () => {
    world.server.says('roles_changed', { roles: ['member', 'moderator'] });
    expect(world.state.session!.roles).toEqual(['member', 'moderator']);
  });
});
