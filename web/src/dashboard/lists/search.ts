import { useCallback } from 'react';
import { navigate, useLocation } from '../shell/location';

type Change = Record<string, string | readonly string[] | null>;

// The same address with other members in its search; '' and null take a member out.
export function withSearch(search: URLSearchParams, change: Change): string {
  const changed = new URLSearchParams(search);
  for (const [name, given] of Object.entries(change)) {
    changed.delete(name);
    for (const value of typeof given === 'string' ? [given] : (given ?? [])) {
      if (value !== '') changed.append(name, value);
    }
  }
  const text = changed.toString();
  return text === '' ? '' : `?${text}`;
}

// Filters are kept in the address, so that a reload, "back" and a bookmark find them again.
export function useSearch(): [URLSearchParams, (change: Change) => void] {
  const { path, search } = useLocation();
  const text = search.toString();
  const change = useCallback(
    (change: Change) => {
      navigate(path + withSearch(new URLSearchParams(text), change), { replace: true });
    },
    [path, text],
  );
  return [search, change];
}
