import { base64Url } from './base64url';
import type { ClientSettings } from './client-settings';
import { checkIdToken } from './id-token';
import type { PageClient } from './page-client';
import { randomToken } from './random';
import { sha256 } from './sha256';
import { requestTokens, type Tokens } from './tokens';

// Authorization code with PKCE (RFC 6749 4.1, RFC 7636).

// Kept per tab while the user is at the sign-in page, so that two tabs can sign in side by side.
const KEY = 'hubbub.sign_in_attempt';

interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  // Path, search and fragment of where the user was.
  returnTo: string;
}

export function redirectUri(origin: string, client: PageClient): string {
  return `${origin}${client.path}`;
}

// The address of the sign-in page to send the user to.
export function beginAuthorization(
  settings: ClientSettings,
  client: PageClient,
  page: URL,
  storage: Storage,
): string {
  const attempt: Attempt = {
    state: randomToken(),
    nonce: randomToken(),
    verifier: randomToken(),
    returnTo: `${page.pathname}${page.search}${page.hash}`,
  };
  storage.setItem(KEY, JSON.stringify(attempt));
  const url = new URL(settings.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: client.clientId(settings),
    redirect_uri: redirectUri(page.origin, client),
    scope: 'openid',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: base64Url(sha256(new TextEncoder().encode(attempt.verifier))),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

export function isAuthorizationAnswer(page: URL): boolean {
  const { searchParams } = page;
  return searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'));
}

export async function finishAuthorization(
  settings: ClientSettings,
  client: PageClient,
  page: URL,
  storage: Storage,
  now: number,
): Promise<{ tokens: Tokens; returnTo: string }> {
  const answer = page.searchParams;
  const attempt = takeAttempt(storage);
  if (!attempt || answer.get('state') !== attempt.state) {
    throw new Error('This sign-in was not begun here. Please sign in again.');
  }
  const code = answer.get('code');
  if (!code) throw new Error(refusalText(answer));
  const grant = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri(page.origin, client),
    client_id: client.clientId(settings),
    code_verifier: attempt.verifier,
  };
  const tokens = await requestTokens(settings.token_endpoint, grant, now);
  if (!tokens.idToken) throw new Error('The sign-in service sent no ID token.');
  checkIdToken(tokens.idToken, {
    issuer: settings.issuer,
    client: client.clientId(settings),
    nonce: attempt.nonce,
  });
  return { tokens, returnTo: attempt.returnTo };
}

function takeAttempt(storage: Storage): Attempt | null {
  const text = storage.getItem(KEY);
  storage.removeItem(KEY);
  return text ? (JSON.parse(text) as Attempt) : null;
}

function refusalText(answer: URLSearchParams): string {
  if (answer.get('error') === 'access_denied') return 'The sign-in was cancelled.';
  return answer.get('error_description') ?? `The sign-in failed (${answer.get('error')}).`;
}
