import { base64Url } from './base64url';

// crypto.getRandomValues exists on every page; crypto.randomUUID only in a secure context.

// 256 bits: the entropy that RFC 7636 7.1 asks of a code verifier.
export function randomToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

// A random UUID, RFC 9562 5.4.
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
