// What the error codes of docs/protocol.md mean to whoever wrote the message.
const REFUSALS: Record<string, string> = {
  unknown_channel: 'This channel no longer exists.',
  unknown_user: 'This person has no account here any more.',
  forbidden: 'You may not write here.',
  send_key_conflict: 'The server took this for another message.',
};

export function refusalText(code: string, serverText: string): string {
  return `Not sent. ${REFUSALS[code] ?? serverText}`;
}

export function waitingText(code: string, restMs: number): string {
  const seconds = Math.max(1, Math.ceil(restMs / 1000));
  const reason = code === 'rate_limited' ? 'Too many messages at once' : 'The server is busy';
  return `${reason}. This one goes out in ${seconds} s.`;
}
