import type { ChatState } from '../connection/chat';

export type ConnectionTone = 'connecting' | 'online' | 'reconnecting' | 'caught-up' | 'stopped';

// A shorter wait is over before it could be read.
const COUNTDOWN_FROM_MS = 2_000;

export function connectionTone(state: ChatState): ConnectionTone {
  switch (state.connection.kind) {
    case 'connecting':
      return 'connecting';
    case 'stopped':
      return 'stopped';
    case 'waiting':
    case 'retrying':
      return 'reconnecting';
    case 'open':
      if (state.catchingUp) return 'reconnecting';
      return state.caughtUp ? 'caught-up' : 'online';
  }
}

export function connectionText(state: ChatState): string {
  switch (connectionTone(state)) {
    case 'connecting':
      return 'Connecting…';
    case 'online':
      return 'Online';
    case 'reconnecting':
      return 'Reconnecting…';
    case 'caught-up':
      return caughtUpText(state.caughtUp?.missed ?? 0);
    case 'stopped':
      return 'Disconnected';
  }
}

// What to say beside it while the next attempt is some seconds away.
export function countdownText(state: ChatState, now: number): string | null {
  if (state.connection.kind !== 'waiting') return null;
  const { retryAt, tooMany } = state.connection;
  const rest = retryAt - now;
  if (!tooMany && rest <= COUNTDOWN_FROM_MS) return null;
  const seconds = Math.max(1, Math.ceil(rest / 1000));
  return `${tooMany ? 'Too many connections; next' : 'Next'} try in ${seconds} s`;
}

function caughtUpText(missed: number): string {
  if (missed === 0) return 'Caught up, nothing missed';
  return missed === 1 ? 'Caught up, 1 message' : `Caught up, ${missed} messages`;
}
