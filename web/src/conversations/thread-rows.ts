import type { LogGap } from '../connection/log';
import type { Message } from '../connection/message';
import type { UnansweredMessage, UnansweredState } from '../connection/unanswered';

// Messages of one author that follow each other within this time share one name and avatar.
const GROUP_MS = 5 * 60_000;

// A message as it is drawn, stored or still on its way.
export interface ShownMessage {
  // The same before and after the message is stored, so that it keeps its place in the document.
  readonly key: string;
  readonly seq: number | null;
  // Null until it is stored.
  readonly messageId: number | null;
  readonly authorId: string;
  readonly author: string;
  readonly text: string;
  readonly authoredAt: number;
  readonly removed: boolean;
  // Null: it is in its log.
  readonly unanswered: { sendKey: string; state: UnansweredState } | null;
}

export type ThreadRow =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'gap'; key: string; gap: LogGap }
  | { kind: 'message'; key: string; message: ShownMessage; startsGroup: boolean };

export function shownMessage(message: Message): ShownMessage {
  const { seq, messageId, authorId, author, text, authoredAt, removed } = message;
  const key = message.sendKey ?? `message ${messageId}`;
  return { key, seq, messageId, authorId, author, text, authoredAt, removed, unanswered: null };
}

export function shownUnanswered(
  message: UnansweredMessage,
  user: { id: string; username: string },
): ShownMessage {
  const { sendKey, state } = message;
  const stored = state.kind === 'acknowledged' ? state : null;
  return {
    key: sendKey,
    seq: stored?.seq ?? null,
    messageId: stored?.messageId ?? null,
    authorId: user.id,
    author: user.username,
    text: message.text,
    authoredAt: stored?.authoredAt ?? message.composedAt,
    removed: false,
    unanswered: stored ? null : { sendKey, state },
  };
}

// Puts days, gaps and the line above what is unread between the messages.
// readSeq: what came after it was unread when the conversation was opened.
export function threadRows(
  messages: readonly ShownMessage[],
  gaps: readonly LogGap[],
  readSeq: number | null,
  userId: string,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  const gapsLeft = [...gaps].sort((a, b) => a.from - b.from);
  let previous: ShownMessage | null = null;
  let unreadShown = readSeq === null;
  for (const message of messages) {
    const rowsBefore = rows.length;
    while (gapsLeft[0] && gapsLeft[0].to < (message.seq ?? Infinity)) {
      const gap = gapsLeft.shift()!;
      if (previous) rows.push({ kind: 'gap', key: `gap ${gap.from}`, gap });
    }
    if (!previous || dayOf(previous.authoredAt) !== dayOf(message.authoredAt)) {
      rows.push({ kind: 'day', key: `day ${message.key}`, at: message.authoredAt });
    }
    if (
      !unreadShown &&
      message.seq !== null &&
      message.seq > readSeq! &&
      message.authorId !== userId
    ) {
      unreadShown = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    const interrupted = rows.length > rowsBefore;
    const startsGroup = interrupted || !previous || !belongTogether(previous, message);
    rows.push({ kind: 'message', key: message.key, message, startsGroup });
    previous = message;
  }
  return rows;
}

function belongTogether(previous: ShownMessage, message: ShownMessage): boolean {
  return (
    previous.authorId === message.authorId && message.authoredAt - previous.authoredAt < GROUP_MS
  );
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
