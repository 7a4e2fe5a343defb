import { useCallback, useEffect, useMemo } from 'react';
import type { Chat } from '../connection/chat';
import { browserApiClient } from '../dashboard/api/api-client';
import { ApiContext } from '../dashboard/api/api-context';
import type { SignedInProps } from '../sign-in/signed-in-props';
import { ChatContext, newChat, useChatState } from './chat-context';
import { ConnectionText } from './ConnectionText';
import classes from './ChatPage.module.css';
import { SignedInPage } from './SignedInPage';
import { StoppedScreen } from './StoppedScreen';
import { useStarted } from './use-started';

// Owns the chat: one for as long as the page is open and the user signed in.
export function ChatPage(props: SignedInProps) {
  const { settings, getToken } = props;
  const url = settings.websocket_url;
  const chat = useStarted(useCallback(() => newChat(url, getToken), [url, getToken]));

  const api = useMemo(() => {
    return browserApiClient(getToken, () => chat?.stop('signed_out'));
  }, [getToken, chat]);

  if (!chat) return null;
  return (
    <ChatContext.Provider value={chat}>
      <ApiContext.Provider value={api}>
        <StartedPage {...props} chat={chat} />
      </ApiContext.Provider>
    </ChatContext.Provider>
  );
}

function StartedPage({
  chat,
  settings,
  onSignOut,
  onSessionEnded,
}: SignedInProps & { chat: Chat }) {
  const state = useChatState(chat);
  const stopped = state.connection.kind === 'stopped' ? state.connection.reason : null;

  useEffect(() => {
    if (stopped === 'signed_out' || stopped === 'disabled') onSessionEnded(stopped);
    if (stopped === 'other_user') location.reload();
  }, [stopped, onSessionEnded]);

  const { session } = state;
  if (stopped === 'banned' || stopped === 'outdated') {
    return <StoppedScreen reason={stopped} onSignOut={onSignOut} />;
  }
  if (!session) {
    return (
      <main className={classes.connecting}>
        <h1>{settings.server_name}</h1>
        <ConnectionText state={state} />
      </main>
    );
  }
  const signOut = () => {
    chat.stop('left');
    onSignOut();
  };
  return (
    <SignedInPage
      state={state}
      session={session}
      accountUrl={settings.account_url}
      onSignOut={signOut}
    />
  );
}
