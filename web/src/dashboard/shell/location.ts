import { useSyncExternalStore, type MouseEvent } from 'react';

// Where the dashboard is, in the browser's address line.
export interface Location {
  readonly path: string;
  readonly search: URLSearchParams;
}

const MOVED = 'hubbub:moved';

function subscribe(moved: () => void): () => void {
  addEventListener('popstate', moved);
  addEventListener(MOVED, moved);
  return () => {
    removeEventListener('popstate', moved);
    removeEventListener(MOVED, moved);
  };
}

export function useLocation(): Location {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(address, location.origin);
  return { path: pathname, search: searchParams };
}

// To another page of the dashboard, or to the same one with another search. `replace`: without a
// step for the browser's "back", as for every key typed into a search field.
export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  dispatchEvent(new Event(MOVED));
}

// For a link within the dashboard: <Anchor {...linkTo('/admin/bans')}>. It stays a link, so that it
// can be opened in another tab.
export function linkTo(to: string) {
  return {
    href: to,
    onClick: (event: MouseEvent) => {
      const wantsAnotherTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (event.defaultPrevented || event.button !== 0 || wantsAnotherTab) return;
      event.preventDefault();
      navigate(to);
    },
  };
}
