// A list that is read page by page and shown as one.

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

export interface Paging<T> {
  // Null until the first page is here.
  readonly items: readonly T[] | null;
  readonly hasMore: boolean;
  readonly reading: 'first' | 'more' | null;
  // Why the latest reading failed; null when it did not.
  readonly error: unknown;
}

export interface Identified {
  readonly id: string | number;
}

export const NOTHING_READ: Paging<never> = {
  items: null,
  hasMore: false,
  reading: 'first',
  error: null,
};

// What was read stays until the answer is here.
export function beginReading<T>(paging: Paging<T>, which: 'first' | 'more'): Paging<T> {
  return { ...paging, reading: which, error: null };
}

export function addPage<T extends Identified>(paging: Paging<T>, page: Page<T>): Paging<T> {
  const known = paging.reading === 'more' ? (paging.items ?? []) : [];
  const ids = new Set(known.map(({ id }) => id));
  // What came in at the top meanwhile pushes the last of a page into the next one.
  const items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
  return { items, hasMore: page.hasMore, reading: null, error: null };
}

export function failReading<T>(paging: Paging<T>, error: unknown): Paging<T> {
  return { ...paging, reading: null, error };
}

export function changeItems<T>(
  paging: Paging<T>,
  change: (items: readonly T[]) => readonly T[],
): Paging<T> {
  return paging.items === null ? paging : { ...paging, items: change(paging.items) };
}
