import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import type { ChatState, Session } from '../connection/chat';
import { ConversationPane } from './ConversationPane';
import { Lists } from './Lists';
import classes from './ChatPage.module.css';
import { useConversations } from './use-conversations';
import { useDocumentTitle } from './use-document-title';
import { useStepKeys } from './use-step-keys';
import { useVisibleHeight } from './use-visible-height';

interface SignedInPageProps {
  state: ChatState;
  session: Session;
  accountUrl: string | null;
  onSignOut: () => void;
}

export function SignedInPage({ state, session, accountUrl, onSignOut }: SignedInPageProps) {
  const conversations = useConversations(state, session);
  const { channels, people, open, select } = conversations;
  const [drawerOpen, drawer] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, {
    getInitialValueInEffect: false,
  });
  const summaries = [...channels, ...people];
  useDocumentTitle(session.serverName, open, summaries);
  useStepKeys(summaries, open?.key ?? null, (next) => select(next.key));
  useVisibleHeight();

  const lists = (
    <Lists
      session={session}
      channels={channels}
      people={people}
      online={state.people}
      openKey={open?.key ?? null}
      accountUrl={accountUrl}
      onSignOut={onSignOut}
      onClose={isNarrow ? drawer.close : null}
      onSelect={(key) => {
        select(key);
        drawer.close();
      }}
    />
  );
  return (
    <div className={classes.page}>
      {isNarrow ? (
        <Drawer.Root
          opened={drawerOpen}
          onClose={drawer.close}
          size="min(310px, 86vw)"
          padding={0}
          classNames={{ content: classes.drawer, body: classes.drawerBody }}
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label="Channels and people">
            <Drawer.Body>{lists}</Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      ) : (
        <div className={classes.side}>{lists}</div>
      )}
      <ConversationPane
        state={state}
        session={session}
        conversations={conversations}
        onOpenLists={isNarrow ? drawer.open : null}
        unreadElsewhere={summaries.some(({ key, unread }) => key !== open?.key && unread > 0)}
      />
    </div>
  );
}
