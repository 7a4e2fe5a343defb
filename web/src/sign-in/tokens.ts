// The tokens of the signed-in user.
export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  idToken: string | null;
  // By this device's clock, milliseconds since 1970: it need not agree with the server's.
  expiresAt: number;
}

// RFC 6749 5.1.
interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  expires_in?: number;
}

const EXPIRES_IN_DEFAULT_SECONDS = 60;

// The provider said no: asking again with the same grant is of no use. RFC 6749 5.2.
export class GrantRefused extends Error {}

export async function requestTokens(
  tokenEndpoint: string,
  grant: Record<string, string>,
  now: number,
): Promise<Tokens> {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(grant).toString(),
    cache: 'no-store',
  });
  if (response.status === 400 || response.status === 401) {
    const { error, error_description } = await response.json().catch(() => ({}));
    throw new GrantRefused(error_description ?? error ?? 'The sign-in was refused.');
  }
  if (!response.ok) throw new Error(`The sign-in service answered ${response.status}.`);
  return tokensOf((await response.json()) as TokenAnswer, now);
}

function tokensOf(answer: TokenAnswer, now: number): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    idToken: answer.id_token ?? null,
    expiresAt: now + (answer.expires_in ?? EXPIRES_IN_DEFAULT_SECONDS) * 1000,
  };
}
