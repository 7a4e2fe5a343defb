import { UnstyledButton } from '@mantine/core';
import type { ChatState } from '../connection/chat';
import { useChat } from './chat-context';
import { connectionText, connectionTone, countdownText } from './connection-text';
import classes from './ConnectionText.module.css';
import { useNow } from './use-now';

// Always in the document: whether what one reads is what the server has.
export function ConnectionText({ state }: { state: ChatState }) {
  const chat = useChat();
  const isWaiting = state.connection.kind === 'waiting';
  const now = useNow(isWaiting);
  const countdown = countdownText(state, now);
  const tone = connectionTone(state);
  return (
    <div className={classes.line} data-tone={tone}>
      <span role="status" className={classes.text} data-testid="connection-state" data-state={tone}>
        {connectionText(state)}
      </span>
      {countdown && (
        <>
          <span className={classes.countdown}>{countdown}</span>
          <UnstyledButton className={classes.now} onClick={() => chat.wake()}>
            Try now
          </UnstyledButton>
        </>
      )}
    </div>
  );
}
