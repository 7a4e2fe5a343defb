import { describe, expect, it } from 'vitest';
import { lastSevenDays, secondsOf } from './session-days';

describe('the time of a day', () => {
  it.each([
    ['00:00:00', 0],
    ['01:02:03', 3_723],
    ['00:00:01.5', 1.5],
    ['120:00:00.000001', 432_000.000001],
    ['nonsense', 0],
  ])('%s', (text, seconds) => {
    expect(secondsOf(text)).toBeCloseTo(seconds, 6);
  });
});

describe('the last seven days', () => {
  it('are seven, of UTC, ascending, whichever the server names', () => {
    const day = (session_date: string) => ({
      session_date,
      session_count: 2,
      total_duration: '00:10:00',
    });
    const now = Date.parse('2026-03-02T00:30:00Z');
    const days = lastSevenDays([day('2026-02-20'), day('2026-02-28'), day('2026-03-02')], now);
    expect(days.map(({ date, count, seconds }) => [date, count, seconds])).toEqual([
      ['2026-02-24', 0, 0],
      ['2026-02-25', 0, 0],
      ['2026-02-26', 0, 0],
      ['2026-02-27', 0, 0],
      ['2026-02-28', 2, 600],
      ['2026-03-01', 0, 0],
      ['2026-03-02', 2, 600],
    ]);
  });
});
