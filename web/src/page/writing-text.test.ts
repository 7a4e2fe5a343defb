import { describe, expect, it } from 'vitest';
import { durationText } from './durations';
import { refusalText } from './error-texts';
import { writingText } from './writing-text';

const NOON = new Date(2026, 4, 5, 12).getTime();
const HOUR_MS = 3_600_000;

describe('a duration in words', () => {
  it.each([
    [0, '0 seconds'],
    [0.2, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [90, '1 minute 30 seconds'],
    [3_600, '1 hour'],
    [3_601, '1 hour'],
    [21_600, '6 hours'],
    [86_400 + 2 * 3_600 + 59, '1 day 2 hours'],
    [14 * 86_400, '14 days'],
  ])('%d s is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('what the composer says', () => {
  it('counts down in slow mode', () => {
    const writing = { kind: 'slow', seconds: 30, until: NOON + 12_400 } as const;
    expect(writingText(writing, NOON)).toBe('Slow mode: you can write again in 13 seconds.');
  });

  it('says how slow it is while a message is on its way', () => {
    const writing = { kind: 'slow', seconds: 60, until: null } as const;
    expect(writingText(writing, NOON)).toBe('Slow mode: one message every minute.');
  });

  it('says until when somebody is muted, with the day where it is not today', () => {
    const until = (at: number | null) => writingText({ kind: 'muted', until: at }, NOON);
    expect(until(NOON + HOUR_MS)).toMatch(/^You are muted here until 0?1:00.*\.$/);
    expect(until(NOON + 48 * HOUR_MS)).toMatch(/until Thursday.*7.*12:00/);
    expect(until(null)).toBe('You are muted here until a moderator lifts it.');
  });

  it('says nothing where one may write', () => {
    expect(writingText({ kind: 'free' }, NOON)).toBeNull();
  });
});

describe('a refused message', () => {
  it.each([
    ['read_only', 'Not sent. Only moderators write in this channel.'],
    ['slow_mode', 'Not sent. Slow mode: wait a little before you write again.'],
    ['muted', 'Not sent. You are muted here until a moderator lifts it.'],
    ['something_new', 'Not sent. In the words of the server.'],
  ])('for %s', (code, text) => {
    expect(refusalText({ code, reason: 'In the words of the server.' }, NOON)).toBe(text);
  });
});
