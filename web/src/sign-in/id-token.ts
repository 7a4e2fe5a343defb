import { bytesOfBase64Url } from './base64url';

interface IdTokenClaims {
  iss?: string;
  aud?: string | string[];
  nonce?: string;
}

// OpenID Connect Core 3.1.3.7. The token came from the token endpoint itself, so TLS vouches for it
// instead of its signature (point 6); the server verifies signatures of what it is shown.
export function checkIdToken(
  idToken: string,
  expected: { issuer: string; client: string; nonce: string },
): void {
  const claims = claimsOf(idToken);
  if (claims.iss !== expected.issuer) throw new Error('The ID token is of another issuer.');
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (!audience.includes(expected.client)) throw new Error('The ID token is for another client.');
  if (claims.nonce !== expected.nonce) throw new Error('The ID token is of another sign-in.');
}

function claimsOf(token: string): IdTokenClaims {
  const body = token.split('.')[1];
  if (!body) throw new Error('The ID token cannot be read.');
  return JSON.parse(new TextDecoder().decode(bytesOfBase64Url(body))) as IdTokenClaims;
}
