import { describe, expect, it } from 'vitest';
import type { Ban, Mute } from '../api/bans';
import { restrictionOfBan, restrictionOfMute, stateOf, termText } from './restriction';

const NOON = Date.parse('2026-03-04T12:00:00Z');

function ban(more: Partial<Ban> = {}) {
  return restrictionOfBan({
    id: '25',
    owner_id: 'm',
    owner_username: 'mod',
    banished_id: 'b',
    banished_username: 'bob',
    start: '2026-03-04T11:00:00Z',
    pardoned: false,
    ...more,
  });
}

function mute(more: Partial<Mute> = {}) {
  return restrictionOfMute({
    id: 3,
    owner_id: 'm',
    owner_username: 'mod',
    user_id: 'b',
    username: 'bob',
    start: '2026-03-04T11:00:00Z',
    lifted: false,
    ...more,
  });
}

describe('a ban', () => {
  it('is in force until its end, to the millisecond', () => {
    const hour = ban({ end: '2026-03-04T12:00:00.001Z' });
    expect(stateOf(hour, NOON)).toBe('in force');
    expect(stateOf(hour, NOON + 1)).toBe('ended');
  });

  it('without an end is in force until it is pardoned', () => {
    expect(stateOf(ban(), NOON)).toBe('in force');
    expect(stateOf(ban({ pardoned: true }), NOON)).toBe('lifted');
    expect(termText(ban(), NOON)).toBe('permanent');
  });

  it('says how long it lasts, and when it ends or ended', () => {
    const day = ban({ end: '2026-03-05T11:00:00Z' });
    expect(termText(day, NOON)).toMatch(/^for 1 d, ends .* \(in 23 hours\)$/);
    expect(termText(day, NOON + 3 * 86_400_000)).toMatch(/^for 1 d, ended .* \(2 days ago\)$/);
    expect(termText({ ...day, lifted: true }, NOON)).toBe('for 1 d');
  });
});

describe('a mute', () => {
  it('is of one channel or everywhere', () => {
    expect(mute({ channel_id: 4, channel: 'general' }).scope).toBe('#general');
    expect(mute().scope).toBe('everywhere');
    expect(mute({ channel_id: 4 }).scope).toBe('in a channel that is gone');
  });

  it('without an end lasts until it is lifted', () => {
    expect(termText(mute(), NOON)).toBe('until lifted');
    expect(stateOf(mute({ lifted: true }), NOON)).toBe('lifted');
  });
});
