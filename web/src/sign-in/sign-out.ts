import { redirectUri } from './authorization';
import type { ClientSettings } from './client-settings';
import type { PageClient } from './page-client';

// OpenID Connect RP-Initiated Logout 1.0, 2: where to send the user so that the provider's own
// session ends too. Where it has no such place, the user stays here, signed out of this page.
export function signOutUrl(
  settings: ClientSettings,
  client: PageClient,
  idToken: string | null,
  origin: string,
): string {
  if (!settings.end_session_endpoint) return redirectUri(origin, client);
  const url = new URL(settings.end_session_endpoint);
  if (idToken) url.searchParams.set('id_token_hint', idToken);
  url.searchParams.set('client_id', client.clientId(settings));
  url.searchParams.set('post_logout_redirect_uri', redirectUri(origin, client));
  return url.href;
}
