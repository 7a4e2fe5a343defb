import { describe, expect, it } from 'vitest';
import {
  addPage,
  beginReading,
  changeItems,
  failReading,
  NOTHING_READ,
  type Paging,
} from './paging';

interface Row {
  id: number;
}

const rows = (...ids: number[]): Row[] => ids.map((id) => ({ id }));
const page = (hasMore: boolean, ...ids: number[]) => ({ items: rows(...ids), hasMore });
const idsIn = (paging: Paging<Row>) => paging.items?.map(({ id }) => id) ?? null;

const first = addPage<Row>(NOTHING_READ, page(true, 9, 8));

describe('a list read page by page', () => {
  it('is not empty but unknown before its first page', () => {
    expect(idsIn(NOTHING_READ)).toBeNull();
    expect(idsIn(addPage<Row>(NOTHING_READ, page(false)))).toEqual([]);
  });

  it('grows by each further page', () => {
    const second = addPage(beginReading(first, 'more'), page(false, 7, 6));
    expect(second).toEqual({ items: rows(9, 8, 7, 6), hasMore: false, reading: null, error: null });
  });

  it('shows once what moved from one page into the next', () => {
    expect(idsIn(addPage(beginReading(first, 'more'), page(true, 8, 7)))).toEqual([9, 8, 7]);
  });

  it('is replaced, not grown, by a new first page, and stays until that is here', () => {
    const again = beginReading(first, 'first');
    expect(idsIn(again)).toEqual([9, 8]);
    expect(idsIn(addPage(again, page(false, 10, 9)))).toEqual([10, 9]);
  });

  it('keeps what it has when a page cannot be read, and forgets that at the next try', () => {
    const failed = failReading(beginReading(first, 'more'), 'no network');
    expect(failed).toEqual({ ...first, error: 'no network' });
    expect(beginReading(failed, 'more')).toMatchObject({ error: null, reading: 'more' });
  });

  it('loses single rows without being read anew', () => {
    const without9 = (items: readonly Row[]) => items.filter(({ id }) => id !== 9);
    expect(idsIn(changeItems(first, without9))).toEqual([8]);
    expect(idsIn(changeItems<Row>(NOTHING_READ, without9))).toBeNull();
  });
});
