import { ActionIcon } from '@mantine/core';
import { useMemo } from 'react';
import type { ChatState, Session } from '../connection/chat';
import { isStaff } from '../connection/roles';
import { keyOf } from '../conversations/conversation';
import { ChannelMarks } from './ChannelMarks';
import { Composer } from './Composer';
import { ConnectionText } from './ConnectionText';
import classes from './ConversationPane.module.css';
import { MenuIcon } from './icons';
import { Thread } from './Thread';
import type { Conversations } from './use-conversations';

interface ConversationPaneProps {
  state: ChatState;
  session: Session;
  conversations: Conversations;
  // Null where the lists are beside the conversation.
  onOpenLists: (() => void) | null;
  unreadElsewhere: boolean;
}

export function ConversationPane(props: ConversationPaneProps) {
  const { state, session, conversations, onOpenLists, unreadElsewhere } = props;
  const { open } = conversations;
  const openKey = open?.key;
  const unanswered = useMemo(
    () => state.unanswered.filter((message) => keyOf(message.to) === openKey),
    [state.unanswered, openKey],
  );
  return (
    <main className={classes.pane}>
      <header className={classes.header}>
        {onOpenLists && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={
              unreadElsewhere ? 'Channels and people, unread messages' : 'Channels and people'
            }
            data-testid="open-lists"
            className={classes.openLists}
            onClick={onOpenLists}
          >
            <MenuIcon size={22} />
            {unreadElsewhere && <span className={classes.dot} />}
          </ActionIcon>
        )}
        <div className={classes.titles}>
          <h1 className={classes.title}>
            {open?.conversation.kind === 'channel' && <span className={classes.hash}>#</span>}
            <span className={classes.name}>{open?.name ?? session.serverName}</span>
            {open && <ChannelMarks rules={open.rules} />}
          </h1>
          {open && <p className={classes.description}>{descriptionOf(open)}</p>}
        </div>
        <div className={classes.connection}>
          <ConnectionText state={state} />
        </div>
      </header>
      <div role="status">
        {conversations.gone && (
          <p className={classes.notice} data-testid="channel-gone">
            {goneText(conversations.gone, open)}
          </p>
        )}
      </div>
      {open ? (
        <>
          <Thread
            key={open.key}
            open={open}
            unanswered={unanswered}
            user={session.user}
            mayRemove={open.conversation.kind === 'channel' && isStaff(session.roles)}
            onRead={conversations.markRead}
          />
          <Composer key={`composer ${open.key}`} open={open} state={state} session={session} />
        </>
      ) : (
        <p className={classes.nothing}>There is no channel yet. An administrator can make one.</p>
      )}
    </main>
  );
}

function goneText(gone: string, open: Conversations['open']): string {
  const elsewhere = open?.conversation.kind === 'channel' ? ` This is #${open.name}.` : '';
  return `#${gone} is no longer here.${elsewhere}`;
}

function descriptionOf(open: NonNullable<Conversations['open']>): string {
  if (open.conversation.kind === 'channel') return open.description;
  return open.online ? 'Online' : 'Offline';
}
