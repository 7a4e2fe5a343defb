import type { Figures } from '../shell/figure-history';

// A longer silence than this is a hole in the plot: the figures come once a second.
const HOLE_MS = 5_000;

export interface Point {
  readonly at: number;
  readonly value: number | null;
}

// One figure over time, with a break wherever the connection was lost.
export function pointsOf(figures: readonly Figures[], pick: (one: Figures) => number): Point[] {
  const points: Point[] = [];
  let before: number | null = null;
  for (const one of figures) {
    if (before !== null && one.at - before > HOLE_MS) points.push({ at: before + 1, value: null });
    points.push({ at: one.at, value: pick(one) });
    before = one.at;
  }
  return points;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

export function rangeOf(points: readonly Point[]): Range | null {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  return values.length === 0 ? null : { least: Math.min(...values), most: Math.max(...values) };
}
