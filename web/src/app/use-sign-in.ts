import { useEffect, useMemo, useState } from 'react';
import { browserClock } from '../connection/clock';
import type { GetToken } from '../connection/connection';
import { forgetKept } from '../conversations/kept';
import { accessTokenSource } from '../sign-in/access-token';
import {
  beginAuthorization,
  finishAuthorization,
  isAuthorizationAnswer,
} from '../sign-in/authorization';
import { fetchClientSettings, type ClientSettings } from '../sign-in/client-settings';
import type { PageClient } from '../sign-in/page-client';
import { randomUuid } from '../sign-in/random';
import { signOutUrl } from '../sign-in/sign-out';
import type { SessionEnd } from '../sign-in/signed-in-props';
import { singleFlight } from '../sign-in/single-flight';
import { TokenStore } from '../sign-in/token-store';
import { requestTokens } from '../sign-in/tokens';

export type SignIn =
  | { kind: 'loading' }
  | { kind: 'unreachable'; problem: string }
  | { kind: 'signed out'; settings: ClientSettings; problem: string | null; begin: () => void }
  | {
      kind: 'signed in';
      settings: ClientSettings;
      getToken: GetToken;
      signOut: () => void;
      sessionEnded: (reason: SessionEnd) => void;
    };

const SESSION_END_TEXTS: Record<SessionEnd, string> = {
  signed_out: 'Your session has ended. Please sign in again.',
  disabled: 'An administrator has disabled your account. You cannot sign in with it.',
};

type Known =
  | { kind: 'loading' }
  | { kind: 'unreachable'; problem: string }
  | { kind: 'known'; settings: ClientSettings; signedIn: boolean; problem: string | null };

// Once a page load, however often React mounts: the code in the URL is good for one exchange.
let firstLook: Promise<Known> | null = null;

export function useSignIn(client: PageClient): SignIn {
  const store = useMemo(() => new TokenStore(localStorage, client), [client]);
  const [known, setKnown] = useState<Known>({ kind: 'loading' });

  useEffect(() => {
    firstLook ??= look(client, store);
    void firstLook.then(setKnown);
    return store.onClearedElsewhere(() => setKnown((previous) => signedOut(previous, null)));
  }, [client, store]);

  const settings = known.kind === 'known' ? known.settings : null;
  const getToken = useMemo(
    () => (settings ? tokenSource(settings, client, store) : null),
    [settings, client, store],
  );

  if (known.kind !== 'known') return known;
  if (!known.signedIn || !getToken) {
    const begin = () => {
      const page = new URL(location.href);
      location.assign(beginAuthorization(known.settings, client, page, sessionStorage));
    };
    return { kind: 'signed out', settings: known.settings, problem: known.problem, begin };
  }
  return {
    kind: 'signed in',
    settings: known.settings,
    getToken,
    signOut: () => signOut(known.settings, client, store),
    sessionEnded: (reason) => {
      store.clear();
      setKnown((previous) => signedOut(previous, SESSION_END_TEXTS[reason]));
    },
  };
}

async function look(client: PageClient, store: TokenStore): Promise<Known> {
  let settings: ClientSettings;
  try {
    settings = await fetchClientSettings();
  } catch {
    return { kind: 'unreachable', problem: 'The server cannot be reached.' };
  }
  const page = new URL(location.href);
  if (!isAuthorizationAnswer(page)) {
    return { kind: 'known', settings, signedIn: store.read() !== null, problem: null };
  }
  try {
    const { tokens, returnTo } = await finishAuthorization(
      settings,
      client,
      page,
      sessionStorage,
      Date.now(),
    );
    store.write(tokens);
    history.replaceState(null, '', returnTo);
    return { kind: 'known', settings, signedIn: true, problem: null };
  } catch (error) {
    history.replaceState(null, '', client.path);
    const problem = error instanceof Error ? error.message : 'The sign-in failed.';
    return { kind: 'known', settings, signedIn: store.read() !== null, problem };
  }
}

function signedOut(previous: Known, problem: string | null): Known {
  return previous.kind === 'known' ? { ...previous, signedIn: false, problem } : previous;
}

function tokenSource(
  settings: ClientSettings,
  client: PageClient,
  store: TokenStore,
): GetToken {
  return accessTokenSource({
    store,
    singleFlight: singleFlight({
      key: `${client.keyPrefix}.refresh_lease`,
      locks: navigator.locks,
      storage: localStorage,
      clock: browserClock,
      newName: randomUuid,
    }),
    refresh: (refreshToken) =>
      requestTokens(
        settings.token_endpoint,
        {
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          client_id: client.clientId(settings),
        },
        Date.now(),
      ),
    clock: browserClock,
  });
}

function signOut(settings: ClientSettings, client: PageClient, store: TokenStore): void {
  const idToken = store.read()?.idToken ?? null;
  store.clear();
  forgetKept(sessionStorage);
  location.assign(signOutUrl(settings, client, idToken, location.origin));
}
