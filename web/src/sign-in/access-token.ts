import type { Clock } from '../connection/clock';
import type { GetToken } from '../connection/connection';
import type { SingleFlight } from './single-flight';
import type { TokenStore } from './token-store';
import { GrantRefused, type Tokens } from './tokens';

// A token that ends sooner than this is replaced before it is used.
const REST_MIN_MS = 20_000;

// How late another tab's write to localStorage may show here.
const LATE_WRITE_MS = 500;

export interface AccessTokenOptions {
  store: TokenStore;
  singleFlight: SingleFlight;
  refresh(refreshToken: string): Promise<Tokens>;
  clock: Clock;
}

// The access token for the connection, refreshed when it is about to end or was refused. Only one
// tab refreshes; the others find its tokens in the store.
export function accessTokenSource(options: AccessTokenOptions): GetToken {
  const { store, singleFlight, refresh, clock } = options;

  const usable = (refused: string | undefined): string | null => {
    const tokens = store.read();
    const good =
      tokens && tokens.accessToken !== refused && tokens.expiresAt - clock.now() > REST_MIN_MS;
    return good ? tokens.accessToken : null;
  };

  // Refused because another tab had used it, and its tokens arrive only now? Else the sign-in is
  // over.
  const afterRefusal = async (refreshToken: string, refused: string | undefined) => {
    await new Promise<void>((resolve) => void clock.after(LATE_WRITE_MS, resolve));
    if (store.read()?.refreshToken !== refreshToken) return usable(refused);
    store.clear();
    return null;
  };

  return async (refused) =>
    usable(refused) ??
    singleFlight(async () => {
      const fromOtherTab = usable(refused);
      if (fromOtherTab) return fromOtherTab;
      const tokens = store.read();
      if (!tokens?.refreshToken) return null;
      try {
        const fresh = await refresh(tokens.refreshToken);
        // A provider that does not rotate leaves out what has not changed. RFC 6749 6.
        const refreshToken = fresh.refreshToken ?? tokens.refreshToken;
        store.write({ ...fresh, refreshToken, idToken: fresh.idToken ?? tokens.idToken });
        return fresh.accessToken;
      } catch (error) {
        if (!(error instanceof GrantRefused)) throw error;
        return afterRefusal(tokens.refreshToken, refused);
      }
    });
}
