import { describe, expect, it } from 'vitest';
import type { Figures } from '../shell/figure-history';
import { lastDays, secondsOf, sessionsByDay } from './days';
import { pointsOf, rangeOf } from './figure-points';

const NOW = Date.parse('2026-03-02T00:30:00Z');

const at = (second: number, connections: number) => ({ at: second * 1000, connections }) as Figures;
const connectionsOf = ({ connections }: Figures) => connections;

describe('the points of a plot', () => {
  it('are the figures, with a hole where the connection was lost', () => {
    const points = pointsOf([at(1, 5), at(2, 6), at(30, 7)], connectionsOf);
    expect(points.map(({ value }) => value)).toEqual([5, 6, null, 7]);
    expect(points.map((point) => point.at)).toEqual([1_000, 2_000, 2_001, 30_000]);
  });

  it('know their least and their most', () => {
    expect(rangeOf(pointsOf([at(1, 5), at(30, 7), at(31, 6)], connectionsOf))).toEqual({
      least: 5,
      most: 7,
    });
    expect(rangeOf([])).toBeNull();
  });
});

describe('the days of a plot', () => {
  it('are those of UTC, over the end of a month', () => {
    expect(lastDays(4, NOW)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  });

  it('include those on which nothing was', () => {
    const known = { session_date: '2026-02-28', session_count: 3, total_duration: '01:00:30.5' };
    const days = sessionsByDay([known], NOW);
    expect(days).toHaveLength(7);
    expect(days.map(({ sessions }) => sessions)).toEqual([0, 0, 0, 0, 3, 0, 0]);
    expect(days[4]!.seconds).toBe(3_630.5);
  });

  it('take a duration in each of its forms', () => {
    expect(secondsOf('00:00:12')).toBe(12);
    expect(secondsOf('123:00:00.250000')).toBe(442_800.25);
    expect(secondsOf('2 days 01:00:00')).toBe(176_400);
    expect(secondsOf('')).toBe(0);
  });
});
