import { createContext, useContext, useSyncExternalStore } from 'react';
import { Chat, type ChatState } from '../connection/chat';
import { browserClock } from '../connection/clock';
import type { GetToken } from '../connection/connection';
import { openBrowserSocket } from '../connection/socket';
import { KeptInTab } from '../conversations/kept';
import { randomUuid } from '../sign-in/random';

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('useChat outside of the chat page');
  return chat;
}

export function useChatState(chat: Chat): ChatState {
  return useSyncExternalStore(chat.state.subscribe, chat.state.getSnapshot);
}

export function newChat(url: string, getToken: GetToken): Chat {
  return new Chat({
    url,
    getToken,
    openSocket: openBrowserSocket,
    clock: browserClock,
    random: Math.random,
    newSendKey: randomUuid,
    kept: (userId) => new KeptInTab(sessionStorage, userId).unanswered(),
    keep: (userId, messages) => new KeptInTab(sessionStorage, userId).keepUnanswered(messages),
  });
}
