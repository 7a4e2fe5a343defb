import { ActionIcon, Textarea } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Session } from '../connection/chat';
import { KeptInTab } from '../conversations/kept';
import { useChat } from './chat-context';
import classes from './Composer.module.css';
import { SendIcon } from './icons';
import type { OpenConversation } from './use-conversations';

// The counter appears when this many characters are left.
const COUNTER_FROM = 200;

interface ComposerProps {
  open: OpenConversation;
  session: Session;
}

export function Composer({ open, session }: ComposerProps) {
  const chat = useChat();
  const kept = useMemo(() => new KeptInTab(sessionStorage, session.user.id), [session.user.id]);
  const [text, setText] = useState(() => kept.draft(open.key));
  const field = useRef<HTMLTextAreaElement>(null);
  const label = placeholderFor(open);

  useEffect(() => kept.keepDraft(open.key, text), [kept, open.key, text]);
  useEffect(() => {
    // On a phone this would open the keyboard over what one came to read.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const message = text.replaceAll('\0', '').trim();
  // The server counts code points, as docs/protocol.md says; `length` counts UTF-16 units.
  const left = session.limits.message_length_max - [...message].length;
  const canSend = message !== '' && left >= 0;

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
      <div className={classes.box}>
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

function placeholderFor({ conversation, name }: OpenConversation): string {
  return conversation.kind === 'channel' ? `Message #${name}` : `Message ${name}`;
}
