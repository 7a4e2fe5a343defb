import type { PageClient } from './page-client';
import type { Tokens } from './tokens';

// Where the tokens are kept: localStorage, not sessionStorage. A refresh token is used up by each
// refresh; sessionStorage is copied into a duplicated tab, and the second tab to use the same
// refresh token would look like a thief and end the session of both. In localStorage all tabs share
// the newest one, and a reload or a new tab needs no new sign-in. A script that could read the one
// could read the other too; the content security policy lets no foreign script in.
export class TokenStore {
  private readonly key: string;

  constructor(
    private readonly storage: Storage,
    client: PageClient,
  ) {
    this.key = `${client.keyPrefix}.tokens`;
  }

  read(): Tokens | null {
    try {
      return JSON.parse(this.storage.getItem(this.key) ?? 'null') as Tokens | null;
    } catch {
      return null;
    }
  }

  write(tokens: Tokens): void {
    this.storage.setItem(this.key, JSON.stringify(tokens));
  }

  clear(): void {
    this.storage.removeItem(this.key);
  }

  // Runs when another tab signed out.
  onClearedElsewhere(run: () => void): () => void {
    const listener = (event: StorageEvent) => {
      const cleared = event.key === null || (event.key === this.key && event.newValue === null);
      if (cleared) run();
    };
    addEventListener('storage', listener);
    return () => removeEventListener('storage', listener);
  }
}
