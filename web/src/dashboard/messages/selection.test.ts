import { describe, expect, it } from 'vitest';
import { batchesOf, NOTHING_SELECTED, selectedOf, toggled, toggledAll } from './selection';

const shown = [3, 2, 1].map((id) => ({
  id,
  owner_id: 'b',
  username: 'bob',
  channel: 'general',
  message: `m${id}`,
  authored_at: '2026-01-02T03:04:05Z',
}));

describe('selecting messages', () => {
  it('takes one in, and out again', () => {
    const one = toggled(NOTHING_SELECTED, 2);
    expect(selectedOf(one, shown)).toEqual([2]);
    expect(selectedOf(toggled(one, 2), shown)).toEqual([]);
  });

  it('takes all in, and all out once all are in', () => {
    const all = toggledAll(toggled(NOTHING_SELECTED, 2), shown);
    expect(selectedOf(all, shown)).toEqual([3, 2, 1]);
    expect(selectedOf(toggledAll(all, shown), shown)).toEqual([]);
  });

  it('never holds what is not shown', () => {
    const all = toggledAll(NOTHING_SELECTED, shown);
    expect(selectedOf(all, shown.slice(1))).toEqual([2, 1]);
  });

  it('is removed in parts that the server takes', () => {
    expect(batchesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(batchesOf([], 2)).toEqual([]);
  });
});
