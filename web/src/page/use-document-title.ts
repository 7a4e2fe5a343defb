import { useEffect } from 'react';
import type { ConversationSummary } from '../conversations/overview';

export function useDocumentTitle(
  serverName: string,
  open: ConversationSummary | null,
  summaries: readonly ConversationSummary[],
): void {
  const unread = summaries.reduce((sum, summary) => sum + summary.unread, 0);
  const name = open ? `${nameOf(open)} · ${serverName}` : serverName;
  const title = unread > 0 ? `(${unread}) ${name}` : name;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function nameOf({ conversation, name }: ConversationSummary): string {
  return conversation.kind === 'channel' ? `#${name}` : name;
}
