import type { LogId } from '../connection/frames';
import type { Recipient } from '../connection/unanswered';

// What one can have open: a channel, or the private messages exchanged with one person.
export type Conversation = Recipient;

export type ConversationKey = `channel:${number}` | `person:${string}`;

export function keyOf(conversation: Conversation): ConversationKey {
  return conversation.kind === 'channel'
    ? `channel:${conversation.id}`
    : `person:${conversation.id}`;
}

export function logOf(conversation: Conversation): LogId {
  return conversation.kind === 'channel' ? conversation.id : 'inbox';
}
