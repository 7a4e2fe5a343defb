import { useEffect, useMemo, useState } from 'react';
import type { Chat } from '../connection/chat';
import type { GetToken } from '../connection/connection';
import { ApiClient } from '../dashboard/api/api-client';
import { ApiContext } from '../dashboard/api/api-context';
import type { ClientSettings } from '../sign-in/client-settings';
import { ChatContext, newChat, useChatState } from './chat-context';
import { ConnectionText } from './ConnectionText';
import classes from './ChatPage.module.css';
import { SignedInPage } from './SignedInPage';
import { StoppedScreen } from './StoppedScreen';

interface ChatPageProps {
  settings: ClientSettings;
  getToken: GetToken;
  onSignOut: () => void;
  onSessionEnded: (reason: 'signed_out' | 'disabled') => void;
}

// Owns the chat: one for as long as the page is open and the user signed in.
export function ChatPage(props: ChatPageProps) {
  const { settings, getToken } = props;
  const [chat, setChat] = useState<Chat | null>(null);

  useEffect(() => {
    const started = newChat(settings.websocket_url, getToken);
    started.start();
    setChat(started);
    const wake = () => {
      if (document.visibilityState === 'visible') started.wake();
    };
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      started.stop('left');
    };
  }, [settings.websocket_url, getToken]);

  const api = useMemo(() => {
    return newApiClient(getToken, () => chat?.stop('signed_out'));
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

function newApiClient(getToken: GetToken, onSignedOut: () => void): ApiClient {
  return new ApiClient({
    origin: location.origin,
    getToken,
    fetch: (...request) => fetch(...request),
    onSignedOut,
  });
}

function StartedPage({
  chat,
  settings,
  onSignOut,
  onSessionEnded,
}: ChatPageProps & { chat: Chat }) {
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
