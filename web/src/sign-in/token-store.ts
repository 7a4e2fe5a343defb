import type { Tokens } from './tokens';

const KEY = 'hubbub.tokens';

// Where the tokens are kept: localStorage, not sessionStorage. A refresh token is used up by each
// refresh; sessionStorage is copied into a duplicated tab, and the second tab to use the same
// refresh token would look like a thief and end the session of both. In localStorage all tabs share
// the newest one, and a reload or a new tab needs no new sign-in. A script that could read the one
// could read the other too; the content security policy lets no foreign script in.
export class TokenStore {
  constructor(private readonly storage: Storage) {}

  read(): Tokens | null {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? 'null') as Tokens | null;
    } catch {
      return null;
    }
  }

  write(tokens: Tokens): void {
    this.storage.setItem(KEY, JSON.stringify(tokens));
  }

  clear(): void {
    this.storage.removeItem(KEY);
  }
}

// Runs when another tab signed out.
export function onSignedOutElsewhere(run: () => void): () => void {
  const listener = (event: StorageEvent) => {
    const cleared = event.key === null || (event.key === KEY && event.newValue === null);
    if (cleared) run();
  };
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}
