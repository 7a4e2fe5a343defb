// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAuthorization, finishAuthorization, isAuthorizationAnswer } from './authorization';
import { reachableFrom, type ClientSettings } from './client-settings';
import { CHAT, DASHBOARD } from './page-client';
import { signOutUrl } from './sign-out';

const BASE = 'http://localhost:8080/realms/hubbub/protocol/openid-connect';
const settings: ClientSettings = {
  server_name: 'Test',
  server_id: 's',
  issuer: 'http://localhost:8080/realms/hubbub',
  authorization_endpoint: `${BASE}/auth`,
  token_endpoint: `${BASE}/token`,
  end_session_endpoint: `${BASE}/logout`,
  chat_client: 'ChatClient',
  dashboard_client: 'WebClient',
  websocket_url: 'ws://localhost:8080/ws',
  built_in_accounts: true,
  sign_up: 'invite',
  account_url: '/account',
};
const page = new URL('http://localhost:8080/#/channel/3');

let sent: URL;
let requests: URLSearchParams[];
beforeEach(() => {
  sessionStorage.clear();
  requests = [];
  sent = new URL(beginAuthorization(settings, CHAT, page, sessionStorage));
});
afterEach(() => vi.unstubAllGlobals());

const parameter = (name: string) => sent.searchParams.get(name)!;

function answerWith(claims: object, status = 200): void {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const tokens = {
    access_token: 'at',
    refresh_token: 'rt',
    expires_in: 300,
    id_token: `h.${body}.s`,
  };
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    requests.push(new URLSearchParams(init.body));
    return new Response(JSON.stringify(tokens), { status });
  });
}

const goodClaims = () => ({ iss: settings.issuer, aud: 'ChatClient', nonce: parameter('nonce') });
const returned = (query: string) => new URL(`http://localhost:8080/?${query}`);
const finish = (state = parameter('state')) =>
  finishAuthorization(settings, CHAT, returned(`code=c1&state=${state}`), sessionStorage, 1_000);

describe('signing in', () => {
  it('asks for a code with PKCE, state and nonce', () => {
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'ChatClient',
      redirect_uri: 'http://localhost:8080/',
      scope: 'openid',
      code_challenge_method: 'S256',
    });
    expect(new Set(['state', 'nonce', 'code_challenge'].map(parameter)).size).toBe(3);
  });

  it('exchanges the code with the verifier that belongs to the challenge', async () => {
    answerWith(goodClaims());
    const { tokens, returnTo } = await finish();
    const verifier = requests[0]!.get('code_verifier')!;
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(
      parameter('code_challenge'),
    );
    expect(tokens).toEqual({
      accessToken: 'at',
      refreshToken: 'rt',
      idToken: expect.any(String),
      expiresAt: 301_000,
    });
    expect(returnTo).toBe('/#/channel/3');
  });

  it('refuses an answer to a sign-in that was not begun here', async () => {
    answerWith(goodClaims());
    await expect(finish('forged')).rejects.toThrow('not begun here');
    await expect(finish()).rejects.toThrow('not begun here');
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['nonce', { nonce: 'other' }],
    ['issuer', { iss: 'http://evil.example' }],
    ['audience', { aud: ['WebClient'] }],
  ])('refuses an ID token with another %s', async (_name, claim) => {
    answerWith({ ...goodClaims(), ...claim });
    await expect(finish()).rejects.toThrow('The ID token');
  });

  it('says that it was cancelled', async () => {
    const cancelled = returned(`error=access_denied&state=${parameter('state')}`);
    expect(isAuthorizationAnswer(cancelled)).toBe(true);
    await expect(finishAuthorization(settings, CHAT, cancelled, sessionStorage, 0)).rejects.toThrow(
      'The sign-in was cancelled.',
    );
  });

  it('takes an invitation link for what it is', () => {
    expect(isAuthorizationAnswer(returned('invite=abc'))).toBe(false);
  });
});

describe('signing in to the dashboard', () => {
  const place = new URL('http://localhost:8080/admin/people/7?tab=bans');

  beforeEach(() => {
    sent = new URL(beginAuthorization(settings, DASHBOARD, place, sessionStorage));
  });

  it('is of its own client, and comes back to where the user was', async () => {
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      client_id: 'WebClient',
      redirect_uri: 'http://localhost:8080/admin',
    });
    answerWith({ ...goodClaims(), aud: 'WebClient' });
    const back = new URL(`http://localhost:8080/admin?code=c1&state=${parameter('state')}`);
    const { returnTo } = await finishAuthorization(settings, DASHBOARD, back, sessionStorage, 0);
    expect(returnTo).toBe('/admin/people/7?tab=bans');
    expect(Object.fromEntries(requests[0]!)).toMatchObject({
      client_id: 'WebClient',
      redirect_uri: 'http://localhost:8080/admin',
    });
  });

  it('refuses the ID token of the chat', async () => {
    answerWith(goodClaims());
    const back = new URL(`http://localhost:8080/admin?code=c1&state=${parameter('state')}`);
    await expect(finishAuthorization(settings, DASHBOARD, back, sessionStorage, 0)).rejects.toThrow(
      'The ID token is for another client.',
    );
  });
});

describe('signing out', () => {
  it('ends the session of the provider too', () => {
    const url = new URL(signOutUrl(settings, CHAT, 'id', 'http://localhost:8080'));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      id_token_hint: 'id',
      client_id: 'ChatClient',
      post_logout_redirect_uri: 'http://localhost:8080/',
    });
  });
});

describe('a page opened by another address than the public one', () => {
  const phone = new URL('http://192.168.1.5:8080/');

  it('finds everything on its own origin with built-in accounts', () => {
    expect(reachableFrom(settings, phone)).toMatchObject({
      issuer: settings.issuer,
      token_endpoint: 'http://192.168.1.5:8080/realms/hubbub/protocol/openid-connect/token',
      websocket_url: 'ws://192.168.1.5:8080/ws',
      account_url: 'http://192.168.1.5:8080/account',
    });
  });

  it('leaves the addresses of another provider alone', () => {
    const external = { ...settings, built_in_accounts: false };
    expect(reachableFrom(external, phone)).toBe(external);
  });
});
