import { Loader, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import type { Position, User } from '../connection/frames';
import type { UnansweredMessage } from '../connection/unanswered';
import type { ConversationKey } from '../conversations/conversation';
import { shownMessage, shownUnanswered, threadRows } from '../conversations/thread-rows';
import { useChat } from './chat-context';
import { DownIcon } from './icons';
import { Removal } from './Removal';
import classes from './Thread.module.css';
import { ThreadRowView } from './ThreadRowView';
import { ThreadStart } from './ThreadStart';
import { useAnnouncement } from './use-announcement';
import type { OpenConversation } from './use-conversations';
import { useReading } from './use-reading';
import { useThreadScroll } from './use-thread-scroll';

interface ThreadProps {
  open: OpenConversation;
  unanswered: readonly UnansweredMessage[];
  user: User;
  // Of messages, in a channel.
  mayRemove: boolean;
  onRead: (key: ConversationKey, position: Position) => void;
}

export function Thread({ open, unanswered, user, mayRemove, onRead }: ThreadProps) {
  const chat = useChat();
  const { log, messages } = open;
  const hasOlder = log.start > 0;
  const scroll = useThreadScroll({
    messages,
    unansweredCount: unanswered.length,
    onTop: hasOlder ? () => chat.loadOlder(log.id) : null,
  });
  const reading = useReading(open, scroll.isAtEnd, onRead);
  const announcement = useAnnouncement(messages, user.id);

  const { start, end } = scroll;
  const rows = useMemo(() => {
    const stored = messages.slice(start, end).map(shownMessage);
    const sending = end === messages.length ? unanswered : [];
    const shown = [...stored, ...sending.map((message) => shownUnanswered(message, user))];
    const gaps = log.id === 'inbox' ? [] : log.gaps;
    return threadRows(shown, gaps, reading.dividerSeq, user.id);
  }, [messages, start, end, unanswered, user, log.id, log.gaps, reading.dividerSeq]);

  const newCount = scroll.isAtEnd ? 0 : open.unread;
  return (
    <div className={classes.frame}>
      <div
        className={classes.viewport}
        ref={scroll.viewport}
        onScroll={scroll.onScroll}
        tabIndex={0}
        role="region"
        aria-label="Messages"
      >
        <div className={classes.content} ref={scroll.content}>
          {!log.loaded || (hasOlder && start === 0) ? (
            <div className={classes.loading}>
              <Loader size="sm" color="gray" aria-hidden />
              <VisuallyHidden>Loading messages</VisuallyHidden>
            </div>
          ) : (
            start === 0 && <ThreadStart open={open} isEmpty={rows.length === 0} userId={user.id} />
          )}
          <Removal isAllowed={mayRemove} onRemoved={() => scroll.viewport.current?.focus()}>
            <ol className={classes.rows}>
              {rows.map((row) => (
                <ThreadRowView
                  key={row.key}
                  row={row}
                  isOwn={row.kind === 'message' && row.message.authorId === user.id}
                />
              ))}
            </ol>
          </Removal>
        </div>
      </div>
      {!scroll.isAtEnd && (
        <UnstyledButton className={classes.jump} data-new={newCount > 0} onClick={scroll.jumpToEnd}>
          <DownIcon size={16} />
          {jumpText(newCount)}
        </UnstyledButton>
      )}
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
    </div>
  );
}

function jumpText(newCount: number): string {
  if (newCount === 0) return 'To the newest';
  return newCount === 1 ? '1 new message' : `${newCount} new messages`;
}
