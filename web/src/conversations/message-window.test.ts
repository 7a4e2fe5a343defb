import { describe, expect, it } from 'vitest';
import {
  moveNewer,
  moveOlder,
  newest,
  rangeOf,
  WINDOW_FIRST,
  WINDOW_MAX,
  WINDOW_STEP,
} from './message-window';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index }));
const messages = numbered(1, 10_000);

describe('the window over a long conversation', () => {
  it('begins with the newest and follows the end', () => {
    expect(rangeOf(newest, messages)).toEqual([10_000 - WINDOW_FIRST, 10_000]);
    expect(rangeOf(newest, numbered(1, 10_050))).toEqual([10_050 - WINDOW_FIRST, 10_050]);
    expect(rangeOf(newest, numbered(1, 3))).toEqual([0, 3]);
    expect(rangeOf(newest, [])).toEqual([0, 0]);
  });

  it('never holds more than its maximum, however far one scrolls', () => {
    let window = newest;
    for (let step = 0; step < 300; step += 1) {
      window = moveOlder(window, messages);
      const [start, end] = rangeOf(window, messages);
      expect(end - start).toBeLessThanOrEqual(WINDOW_MAX);
    }
    expect(rangeOf(window, messages)[0]).toBe(0);
    for (let step = 0; step < 300; step += 1) window = moveNewer(window, messages);
    expect(rangeOf(window, messages)[1]).toBe(10_000);
  });

  it('overlaps with where it was, so that the place can be kept', () => {
    const [start] = rangeOf(newest, messages);
    const [olderStart, olderEnd] = rangeOf(moveOlder(newest, messages), messages);
    expect(olderStart).toBe(start - WINDOW_STEP);
    expect(olderEnd).toBeGreaterThan(start);
  });

  it('stays on the same messages when older history is put before them', () => {
    const window = moveOlder(newest, messages.slice(5_000));
    const seqsIn = (all: { seq: number }[]) => all.slice(...rangeOf(window, all));
    expect(seqsIn(messages)).toEqual(seqsIn(messages.slice(5_000)));
  });

  it('stays bounded when thousands arrive below a reader who scrolled up a little', () => {
    const window = moveOlder(newest, messages);
    const [start, end] = rangeOf(window, numbered(1, 20_000));
    expect(end - start).toBeLessThanOrEqual(WINDOW_MAX);
  });
});
