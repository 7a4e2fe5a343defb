import { ActionIcon, Textarea } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ChatState, Session } from '../connection/chat';
import { isStaff } from '../connection/roles';
import { KeptInTab } from '../conversations/kept';
import { maySend, writingIn } from '../conversations/writing';
import { useChat } from './chat-context';
import classes from './Composer.module.css';
import { SendIcon } from './icons';
import type { OpenConversation } from './use-conversations';
import { useNow } from './use-now';
import { slowModeText, writingText } from './writing-text';

// The counter appears when this many characters are left.
const COUNTER_FROM = 200;

interface ComposerProps {
  open: OpenConversation;
  state: ChatState;
  session: Session;
}

export function Composer({ open, state, session }: ComposerProps) {
  const chat = useChat();
  const kept = useMemo(() => new KeptInTab(sessionStorage, session.user.id), [session.user.id]);
  const [text, setText] = useState(() => kept.draft(open.key));
  const field = useRef<HTMLTextAreaElement>(null);
  const label = placeholderFor(open);
  const { writing, hint } = useWriting(open, state, session);
  const hintId = useId();

  useEffect(() => kept.keepDraft(open.key, text), [kept, open.key, text]);
  useEffect(() => {
    // On a phone this would open the keyboard over what one came to read.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const message = text.replaceAll('\0', '').trim();
  // The server counts code points, as docs/protocol.md says; `length` counts UTF-16 units.
  const left = session.limits.message_length_max - [...message].length;
  const canSend = message !== '' && left >= 0 && maySend(writing);

  const send = () => {
    if (!canSend) return;
    chat.send(open.conversation, message);
    setText('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {hint && (
        <p className={classes.hint} id={hintId} data-kind={writing.kind} data-testid="writing-hint">
          {hint}
        </p>
      )}
      <div className={classes.box} data-disabled={writing.kind === 'read only'}>
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-invalid={left < 0}
          aria-describedby={hint ? hintId : undefined}
          disabled={writing.kind === 'read only'}
          enterKeyHint="send"
          data-testid="composer"
          className={classes.field}
          classNames={{ input: classes.input }}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {left <= COUNTER_FROM && (
          <span
            className={classes.counter}
            data-over={left < 0}
            role={left < 0 ? 'alert' : undefined}
          >
            {left < 0 ? `${-left} too many` : `${left} left`}
          </span>
        )}
        <ActionIcon
          type="submit"
          size={36}
          radius={9}
          disabled={!canSend}
          aria-label="Send"
          data-testid="send"
          className={classes.send}
        >
          <SendIcon size={19} />
        </ActionIcon>
      </div>
    </form>
  );
}

// No live region: a countdown would be read out every second. It is the field's description.
function useWriting(open: OpenConversation, state: ChatState, session: Session) {
  const until = state.pauses.get(open.log.id)?.until;
  const now = Date.now();
  useNow(until != null && until > now);
  const writing = writingIn(open, state, now);
  const { slowModeSeconds } = open.rules;
  const isSlow = slowModeSeconds > 0 && !isStaff(session.roles);
  const hint = writingText(writing, now) ?? (isSlow ? slowModeText(slowModeSeconds) : null);
  return { writing, hint };
}

function placeholderFor({ conversation, name }: OpenConversation): string {
  return conversation.kind === 'channel' ? `Message #${name}` : `Message ${name}`;
}
