import type { LogId, MessagePayload } from './frames';

// A message of a log, as the page keeps it. Never changed: a removal makes a new one in its place.
export interface Message {
  readonly log: LogId;
  readonly seq: number;
  readonly messageId: number;
  readonly authorId: string;
  readonly author: string;
  readonly recipientId?: string;
  readonly recipient?: string;
  readonly text: string;
  // Milliseconds since 1970.
  readonly authoredAt: number;
  readonly sendKey?: string;
  readonly removed: boolean;
}

export function messageOf(payload: MessagePayload): Message {
  return {
    log: payload.log,
    seq: payload.seq,
    messageId: payload.message_id,
    authorId: payload.owner_id,
    author: payload.username,
    recipientId: payload.recipient_id,
    recipient: payload.recipient,
    text: payload.message,
    authoredAt: Date.parse(payload.authored_at),
    sendKey: payload.send_key,
    removed: payload.removed ?? false,
  };
}
