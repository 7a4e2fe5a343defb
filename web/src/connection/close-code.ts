// docs/protocol.md, "Closing". Codes that are not here lead to a new attempt.
export const CloseCode = {
  normal: 1000,
  // RFC 6455 7.4.1: never sent; what a browser reports when the socket just ended.
  abnormal: 1006,
  malformedFrames: 4400,
  tokenRefused: 4401,
  banned: 4403,
  tooManyConnections: 4429,
} as const;

// What the reason says when 4401 closes a connection whose account an administrator has disabled.
const ACCOUNT_DISABLED = 'account disabled';

export function isAccountDisabled(reason: string): boolean {
  return reason.includes(ACCOUNT_DISABLED);
}

// The delay that a close reason carries, if it carries one: {"retry_in_ms": 1200}
export function retryInMs(reason: string): number | null {
  try {
    const delay: unknown = JSON.parse(reason)?.retry_in_ms;
    return typeof delay === 'number' && delay >= 0 ? delay : null;
  } catch {
    return null;
  }
}
