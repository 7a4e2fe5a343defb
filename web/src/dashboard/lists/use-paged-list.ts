import { useCallback, useEffect, useRef, useState } from 'react';
import {
  addPage,
  beginReading,
  changeItems,
  failReading,
  NOTHING_READ,
  type Identified,
  type Page,
  type Paging,
} from './paging';

export interface PagedList<T> extends Paging<T> {
  readonly readMore: () => void;
  // From the first page on.
  readonly reload: () => void;
  // What a write changed is changed here too, without losing the pages read so far.
  readonly change: (change: (items: readonly T[]) => readonly T[]) => void;
}

// `after`: what is there already; the page that follows it is to be read.
export type ReadPage<T> = (after: readonly T[], signal: AbortSignal) => Promise<Page<T>>;

// Reads the first page at once and whenever `read` is another one, so it should come from
// useCallback. An answer that was overtaken is dropped.
export function usePagedList<T extends Identified>(read: ReadPage<T>): PagedList<T> {
  const [paging, setPaging] = useState<Paging<T>>(NOTHING_READ);
  const underWay = useRef<AbortController | null>(null);

  const start = useCallback(
    (which: 'first' | 'more', after: readonly T[]) => {
      underWay.current?.abort();
      const controller = new AbortController();
      underWay.current = controller;
      setPaging((before) => beginReading(before, which));
      read(after, controller.signal).then(
        (page) => {
          if (!controller.signal.aborted) setPaging((before) => addPage(before, page));
        },
        (error: unknown) => {
          if (!controller.signal.aborted) setPaging((before) => failReading(before, error));
        },
      );
    },
    [read],
  );

  useEffect(() => {
    start('first', []);
    return () => underWay.current?.abort();
  }, [start]);

  const { items } = paging;
  const readMore = useCallback(() => start('more', items ?? []), [start, items]);
  const reload = useCallback(() => start('first', []), [start]);
  const change = useCallback((change: (items: readonly T[]) => readonly T[]) => {
    setPaging((before) => changeItems(before, change));
  }, []);
  return { ...paging, readMore, reload, change };
}
