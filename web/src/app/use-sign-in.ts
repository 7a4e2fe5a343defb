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
import { randomUuid } from '../sign-in/random';
import { signOutUrl } from '../sign-in/sign-out';
import { singleFlight } from '../sign-in/single-flight';
import { onSignedOutElsewhere, TokenStore } from '../sign-in/token-store';
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
      sessionEnded: () => void;
    };

type Known =
  | { kind: 'loading' }
  | { kind: 'unreachable'; problem: string }
  | { kind: 'known'; settings: ClientSettings; signedIn: boolean; problem: string | null };

const store = new TokenStore(localStorage);
// Once a page load, however often React mounts: the code in the URL is good for one exchange.
let firstLook: Promise<Known> | null = null;

export function useSignIn(): SignIn {
  const [known, setKnown] = useState<Known>({ kind: 'loading' });

  useEffect(() => {
    firstLook ??= look();
    void firstLook.then(setKnown);
    return onSignedOutElsewhere(() => setKnown((previous) => signedOut(previous, null)));
  }, []);

  const settings = known.kind === 'known' ? known.settings : null;
  const getToken = useMemo(() => (settings ? tokenSource(settings) : null), [settings]);

  if (known.kind !== 'known') return known;
  if (!known.signedIn || !getToken) {
    const begin = () => {
      location.assign(beginAuthorization(known.settings, new URL(location.href), sessionStorage));
    };
    return { kind: 'signed out', settings: known.settings, problem: known.problem, begin };
  }
  return {
    kind: 'signed in',
    settings: known.settings,
    getToken,
    signOut: () => signOut(known.settings),
    sessionEnded: () => {
      store.clear();
      setKnown((previous) => signedOut(previous, 'Your session has ended. Please sign in again.'));
    },
  };
}

async function look(): Promise<Known> {
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
    const { tokens, fragment } = await finishAuthorization(
      settings,
      page,
      sessionStorage,
      Date.now(),
    );
    store.write(tokens);
    history.replaceState(null, '', `/${fragment}`);
    return { kind: 'known', settings, signedIn: true, problem: null };
  } catch (error) {
    history.replaceState(null, '', '/');
    const problem = error instanceof Error ? error.message : 'The sign-in failed.';
    return { kind: 'known', settings, signedIn: store.read() !== null, problem };
  }
}

function signedOut(previous: Known, problem: string | null): Known {
  return previous.kind === 'known' ? { ...previous, signedIn: false, problem } : previous;
}

function tokenSource(settings: ClientSettings): GetToken {
  return accessTokenSource({
    store,
    singleFlight: singleFlight({
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
          client_id: settings.chat_client,
        },
        Date.now(),
      ),
    clock: browserClock,
  });
}

function signOut(settings: ClientSettings): void {
  const idToken = store.read()?.idToken ?? null;
  store.clear();
  forgetKept(sessionStorage);
  location.assign(signOutUrl(settings, idToken, location.origin));
}
