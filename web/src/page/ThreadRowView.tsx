import { memo } from 'react';
import type { LogGap } from '../connection/log';
import type { ThreadRow } from '../conversations/thread-rows';
import { dayText } from './dates';
import { MessageRow } from './MessageRow';
import classes from './ThreadRowView.module.css';

interface ThreadRowViewProps {
  row: ThreadRow;
  isOwn: boolean;
}

export const ThreadRowView = memo(
  function ThreadRowView({ row, isOwn }: ThreadRowViewProps) {
    switch (row.kind) {
      case 'day':
        return (
          <li className={classes.day} data-row={row.key}>
            <span>{dayText(row.at, Date.now())}</span>
          </li>
        );
      case 'unread':
        return (
          <li className={classes.unread} data-row={row.key}>
            <span>New</span>
          </li>
        );
      case 'gap':
        return (
          <li className={classes.gap} data-row={row.key}>
            {gapText(row.gap)}
          </li>
        );
      case 'message':
        return <MessageRow message={row.message} startsGroup={row.startsGroup} isOwn={isOwn} />;
    }
  },
  // Rows are made anew with each change of the log; most of them say the same as before.
  (before, after) => before.isOwn === after.isOwn && sameRow(before.row, after.row),
);

function sameRow(a: ThreadRow, b: ThreadRow): boolean {
  if (a.kind !== 'message' || b.kind !== 'message') return a.kind === b.kind && a.key === b.key;
  return (
    a.startsGroup === b.startsGroup &&
    a.message.key === b.message.key &&
    a.message.seq === b.message.seq &&
    a.message.messageId === b.message.messageId &&
    a.message.text === b.message.text &&
    a.message.removed === b.message.removed &&
    a.message.unanswered?.state === b.message.unanswered?.state
  );
}

function gapText({ from, to, reason }: LogGap): string {
  const count = to - from + 1;
  const messages = count === 1 ? '1 message' : `${count} messages`;
  return reason === 'retention' ? `${messages} no longer kept` : `${messages} not visible to you`;
}
