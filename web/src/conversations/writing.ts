import type { ChatState } from '../connection/chat';
import { isStaff } from '../connection/roles';
import { keyOf, logOf } from './conversation';
import type { ConversationSummary } from './overview';

// Whether, and from when, the user may write in a conversation.
export type Writing =
  | { kind: 'free' }
  | { kind: 'read only' }
  // until null: a message is on its way, and the wait begins with its answer.
  | { kind: 'slow'; seconds: number; until: number | null }
  // The server is asked all the same: a moderator may have lifted it. until null: nobody said when.
  | { kind: 'muted'; until: number | null };

export function writingIn(summary: ConversationSummary, state: ChatState, now: number): Writing {
  const { rules, conversation, key } = summary;
  const pause = state.pauses.get(logOf(conversation));
  const isOver = pause?.until != null && pause.until <= now;
  if (pause?.reason === 'muted' && !isOver) return { kind: 'muted', until: pause.until };
  if (isStaff(state.session?.roles ?? [])) return { kind: 'free' };
  if (rules.readOnly) return { kind: 'read only' };
  const seconds = rules.slowModeSeconds;
  if (seconds === 0) return { kind: 'free' };
  if (pause && !isOver) return { kind: 'slow', seconds, until: pause.until };
  const isSending = state.unanswered.some(
    (message) =>
      keyOf(message.to) === key &&
      (message.state.kind === 'pending' || message.state.kind === 'waiting'),
  );
  return isSending ? { kind: 'slow', seconds, until: null } : { kind: 'free' };
}

export function maySend(writing: Writing): boolean {
  return writing.kind === 'free' || writing.kind === 'muted';
}
