import type { User } from '../connection/frames';
import type { Message } from '../connection/message';

// The private messages with one person.
export interface Exchange {
  readonly partner: User;
  readonly messages: readonly Message[];
}

// All private messages are in one log, the inbox; here they are told apart by who is at the other
// end.
export function exchangesOf(inbox: readonly Message[], userId: string): Map<string, Exchange> {
  const exchanges = new Map<string, { partner: User; messages: Message[] }>();
  for (const message of inbox) {
    const partner = partnerOf(message, userId);
    const exchange = exchanges.get(partner.id);
    if (exchange) exchange.messages.push(message);
    else exchanges.set(partner.id, { partner, messages: [message] });
  }
  return exchanges;
}

function partnerOf(message: Message, userId: string): User {
  return message.authorId === userId
    ? { id: message.recipientId ?? userId, username: message.recipient ?? message.author }
    : { id: message.authorId, username: message.author };
}
