import { describe, expect, it } from 'vitest';
import { agoText, countText, durationText, memoryText } from './formats';

const NOW = Date.parse('2026-01-02T03:00:00Z');

describe('texts', () => {
  it('say a duration with two units at most', () => {
    expect([0.4, 59, 60, 3_600, 5_400, 90_000, 172_800].map(durationText)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h',
      '1 h 30 min',
      '1 d 1 h',
      '2 d',
    ]);
  });

  it('say how long ago something was, or when it will be', () => {
    expect(agoText('2026-01-02T02:59:30Z', NOW)).toBe('just now');
    expect(agoText('2026-01-02T02:00:00Z', NOW)).toBe('1 hour ago');
    expect(agoText('2026-01-01T02:59:59Z', NOW)).toBe('yesterday');
    expect(agoText('2026-01-02T03:05:00Z', NOW)).toBe('in 5 minutes');
  });

  it('count', () => {
    expect(countText(1, 'person', 'people')).toBe('1 person');
    expect(countText(0, 'session')).toBe('0 sessions');
    expect(memoryText(91 * 1024 * 1024)).toBe('91 MiB');
  });
});
