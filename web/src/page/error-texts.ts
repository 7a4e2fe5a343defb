import { mutedUntilText } from './writing-text';

// What the error codes of docs/protocol.md mean to whoever wrote the message.
const REFUSALS: Record<string, string> = {
  unknown_channel: 'This channel no longer exists.',
  unknown_user: 'This person has no account here any more.',
  forbidden: 'You may not write here.',
  read_only: 'Only moderators write in this channel.',
  slow_mode: 'Slow mode: wait a little before you write again.',
  send_key_conflict: 'The server took this for another message.',
};

interface Refusal {
  code: string;
  // The server's own words.
  reason: string;
  until?: number;
}

export function refusalText({ code, reason, until }: Refusal, now: number): string {
  if (code === 'muted') return `Not sent. You are muted here ${mutedUntilText(until, now)}.`;
  return `Not sent. ${REFUSALS[code] ?? reason}`;
}

export function waitingText(code: string, restMs: number): string {
  const seconds = Math.max(1, Math.ceil(restMs / 1000));
  const reason = code === 'rate_limited' ? 'Too many messages at once' : 'The server is busy';
  return `${reason}. This one goes out in ${seconds} s.`;
}
