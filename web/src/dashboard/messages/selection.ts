import type { FoundMessage } from '../api/messages';

export type Selection = ReadonlySet<number>;

export const NOTHING_SELECTED: Selection = new Set();

export function toggled(selection: Selection, id: number): Selection {
  const changed = new Set(selection);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}

// All that are shown; none if all were selected already.
export function toggledAll(selection: Selection, shown: readonly FoundMessage[]): Selection {
  return selectedOf(selection, shown).length === shown.length
    ? NOTHING_SELECTED
    : new Set(shown.map(({ id }) => id));
}

// What is not shown any more is not selected either, whatever was clicked before.
export function selectedOf(selection: Selection, shown: readonly FoundMessage[]): number[] {
  return shown.filter(({ id }) => selection.has(id)).map(({ id }) => id);
}

// The server takes only so many at once.
export function batchesOf(ids: readonly number[], size: number): number[][] {
  const batches: number[][] = [];
  for (let start = 0; start < ids.length; start += size) {
    batches.push(ids.slice(start, start + size));
  }
  return batches;
}
