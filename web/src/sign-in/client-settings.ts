// What the server says about itself in /client.json.
export interface ClientSettings {
  server_name: string;
  server_id: string;
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  // Null: the issuer has none.
  end_session_endpoint: string | null;
  chat_client: string;
  dashboard_client: string;
  websocket_url: string;
  built_in_accounts: boolean;
  sign_up: 'open' | 'invite' | 'closed';
  account_url: string | null;
  // The old administrative routes are open without a token, to some addresses.
  open_admin?: boolean;
}

export async function fetchClientSettings(): Promise<ClientSettings> {
  const response = await fetch('/client.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return reachableFrom((await response.json()) as ClientSettings, new URL(location.href));
}

// The server knows one public URL; the page may have been opened by another (a phone by the address
// in the local network). With built-in accounts everything is on the page's own origin. The issuer
// is a name, not an address, and stays.
export function reachableFrom(settings: ClientSettings, page: URL): ClientSettings {
  const samePlace = new URL(settings.websocket_url).host === page.host;
  if (samePlace || !settings.built_in_accounts) return settings;
  const here = (url: string) => {
    const { pathname, search } = new URL(url, page);
    return `${page.origin}${pathname}${search}`;
  };
  return {
    ...settings,
    authorization_endpoint: here(settings.authorization_endpoint),
    token_endpoint: here(settings.token_endpoint),
    end_session_endpoint: settings.end_session_endpoint && here(settings.end_session_endpoint),
    account_url: settings.account_url && here(settings.account_url),
    websocket_url: `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/ws`,
  };
}
