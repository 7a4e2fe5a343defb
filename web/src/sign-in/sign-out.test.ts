import { describe, expect, it } from 'vitest';
import type { ClientSettings } from './client-settings';
import { CHAT, DASHBOARD } from './page-client';
import { signOutUrl } from './sign-out';

const SETTINGS = {
  end_session_endpoint: 'https://id.example/leave?x=1',
  chat_client: 'ChatClient',
  dashboard_client: 'WebClient',
} as ClientSettings;

describe('signing out', () => {
  it('goes where the issuer ends its own session, and comes back', () => {
    const url = new URL(signOutUrl(SETTINGS, DASHBOARD, 'hint', 'https://chat.example'));
    expect(url.origin + url.pathname).toBe('https://id.example/leave');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      x: '1',
      id_token_hint: 'hint',
      client_id: 'WebClient',
      post_logout_redirect_uri: 'https://chat.example/admin',
    });
  });

  it('stays here where the issuer has no such place', () => {
    const settings = { ...SETTINGS, end_session_endpoint: null };
    expect(signOutUrl(settings, CHAT, 'hint', 'https://chat.example')).toBe(
      'https://chat.example/',
    );
  });
});
