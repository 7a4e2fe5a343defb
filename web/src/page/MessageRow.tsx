import { UnstyledButton } from '@mantine/core';
import type { UnansweredState } from '../connection/unanswered';
import type { ShownMessage } from '../conversations/thread-rows';
import { Avatar } from './Avatar';
import { useChat } from './chat-context';
import { fullTimeText, shortTimeText, timeText } from './dates';
import { refusalText, waitingText } from './error-texts';
import { AlertIcon } from './icons';
import { MessageMenu } from './MessageMenu';
import classes from './MessageRow.module.css';
import { MessageText } from './MessageText';
import { useNow } from './use-now';

interface MessageRowProps {
  message: ShownMessage;
  startsGroup: boolean;
  isOwn: boolean;
}

export function MessageRow({ message, startsGroup, isOwn }: MessageRowProps) {
  const { authorId, author, authoredAt, unanswered } = message;
  const failed = unanswered?.state.kind === 'failed';
  const state = !unanswered ? 'sent' : failed ? 'failed' : 'pending';
  const at = new Date(authoredAt);
  return (
    <li
      className={classes.message}
      data-testid="message"
      data-row={message.key}
      data-seq={message.seq ?? undefined}
      data-state={state}
      data-starts-group={startsGroup}
      data-own={isOwn}
    >
      <div className={classes.gutter}>
        {startsGroup ? (
          <Avatar id={authorId} name={author} size={38} />
        ) : (
          <time className={classes.sideTime} dateTime={at.toISOString()}>
            {shortTimeText(authoredAt)}
          </time>
        )}
      </div>
      <div className={classes.body}>
        {startsGroup && (
          <div className={classes.heading}>
            <span className={classes.author}>{author}</span>
            <time
              className={classes.time}
              dateTime={at.toISOString()}
              title={fullTimeText(authoredAt)}
            >
              {timeText(authoredAt)}
            </time>
          </div>
        )}
        {message.removed ? (
          <p className={classes.removed}>This message was removed.</p>
        ) : (
          <p className={classes.text}>
            <MessageText text={message.text} />
            {state === 'pending' && <span className={classes.sending}>sending…</span>}
          </p>
        )}
        {unanswered && <Delivery sendKey={unanswered.sendKey} state={unanswered.state} />}
      </div>
      <MessageMenu message={message} />
    </li>
  );
}

function Delivery({ sendKey, state }: { sendKey: string; state: UnansweredState }) {
  const chat = useChat();
  const now = useNow(state.kind === 'waiting');
  if (state.kind === 'waiting') {
    return <p className={classes.delivery}>{waitingText(state.code, state.retryAt - now)}</p>;
  }
  if (state.kind !== 'failed') return null;
  return (
    <p className={classes.failure} role="alert">
      <AlertIcon size={15} />
      <span>{refusalText(state, Date.now())}</span>
      <span className={classes.actions}>
        <UnstyledButton className={classes.action} onClick={() => chat.retry(sendKey)}>
          Retry
        </UnstyledButton>
        <UnstyledButton className={classes.action} onClick={() => chat.discard(sendKey)}>
          Discard
        </UnstyledButton>
      </span>
    </p>
  );
}
