import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ChatState, Session } from '../connection/chat';
import type { Position, User } from '../connection/frames';
import type { LogView } from '../connection/log';
import type { Message } from '../connection/message';
import { logOf, type ConversationKey } from '../conversations/conversation';
import { exchangesOf } from '../conversations/exchanges';
import {
  channelSummaries,
  channelToCount,
  exchangeSummaries,
  type ConversationSummary,
} from '../conversations/overview';
import { ReadMarks, readUpTo } from '../conversations/read-marks';
import { fragmentFor, keyFromFragment } from '../conversations/route';
import { useChat } from './chat-context';

export interface OpenConversation extends ConversationSummary {
  readonly log: LogView;
  readonly messages: readonly Message[];
  readonly readSeq: number;
}

export interface Conversations {
  readonly channels: ConversationSummary[];
  readonly people: ConversationSummary[];
  readonly open: OpenConversation | null;
  // The name of the channel that was open when it went away.
  readonly gone: string | null;
  select(key: ConversationKey): void;
  markRead(key: ConversationKey, position: Position): void;
}

const NO_MESSAGES: readonly Message[] = [];

export function useConversations(state: ChatState, session: Session): Conversations {
  const chat = useChat();
  const [selected, select, replace] = useFragment();
  const marks = useReadMarks(state, session);
  const markedUpTo = useSyncExternalStore(marks.subscribe, marks.getSnapshot);

  const inbox = state.logs.get('inbox')?.messages ?? NO_MESSAGES;
  const exchanges = useMemo(() => exchangesOf(inbox, session.user.id), [inbox, session.user.id]);
  const partner = usePartner(selected, state.people, exchanges.get(personIn(selected))?.partner);

  const channels = channelSummaries(state, markedUpTo);
  const people = exchangeSummaries(state, exchanges, markedUpTo, partner);
  const summary =
    [...channels, ...people].find(({ key }) => key === selected) ??
    channels[0] ??
    people[0] ??
    null;
  const log = summary && state.logs.get(logOf(summary.conversation));

  const gone = useGoneChannel(summary, channels, replace);

  const countId = channelToCount(state, markedUpTo);
  useEffect(() => {
    if (countId !== null) chat.load(countId);
  }, [chat, countId]);

  const logId = log?.id;
  useEffect(() => {
    if (logId !== undefined) chat.load(logId);
  }, [chat, logId]);

  const markRead = useCallback(
    (key: ConversationKey, position: Position) => marks.mark(key, position),
    [marks],
  );
  if (!summary || !log) return { channels, people, open: null, gone, select, markRead };
  const messages =
    summary.conversation.kind === 'channel'
      ? log.messages
      : (exchanges.get(summary.conversation.id)?.messages ?? NO_MESSAGES);
  const readSeq = readUpTo(markedUpTo, summary.key, log);
  const open = { ...summary, log, messages, readSeq };
  return { channels, people, open, gone, select, markRead };
}

// Whoever reads a channel that is removed is taken elsewhere, and told so until they move on.
function useGoneChannel(
  shown: ConversationSummary | null,
  channels: readonly ConversationSummary[],
  replace: (key: ConversationKey) => void,
): string | null {
  const [gone, setGone] = useState<string | null>(null);
  const before = useRef(shown);
  useEffect(() => {
    const left = before.current;
    before.current = shown;
    if (!left || left.key === shown?.key) return;
    const isGone =
      left.conversation.kind === 'channel' && !channels.some(({ key }) => key === left.key);
    setGone(isGone ? left.name : null);
    if (isGone && shown) replace(shown.key);
  });
  return gone;
}

type Select = (key: ConversationKey) => void;

// What is open, how to open something else, and how to do so without a step for "back".
function useFragment(): [ConversationKey | null, Select, Select] {
  const [selected, setSelected] = useState(() => keyFromFragment(location.hash));
  useEffect(() => {
    const listener = () => setSelected(keyFromFragment(location.hash));
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
  }, []);
  const select = useCallback((key: ConversationKey) => {
    if (fragmentFor(key) !== location.hash) history.pushState(null, '', fragmentFor(key));
    setSelected(key);
  }, []);
  const replace = useCallback((key: ConversationKey) => {
    history.replaceState(null, '', fragmentFor(key));
    setSelected(key);
  }, []);
  return [selected, select, replace];
}

function useReadMarks(state: ChatState, session: Session): ReadMarks {
  const { serverId, user } = session;
  const marks = useMemo(
    () => new ReadMarks(localStorage, `hubbub.read.${serverId}.${user.id}`),
    [serverId, user.id],
  );
  // What a first look finds is not unread; what came since then is, so this runs once.
  const [logsAtFirst] = useState(state.logs);
  useEffect(() => marks.begin(logsAtFirst), [marks, logsAtFirst]);
  return marks;
}

function personIn(key: ConversationKey | null): string {
  return key?.startsWith('person:') ? key.slice('person:'.length) : '';
}

// Whoever was opened stays known when they go offline before the first message.
function usePartner(
  key: ConversationKey | null,
  people: readonly User[],
  inExchange: User | undefined,
): User | null {
  const remembered = useRef<User | null>(null);
  const id = personIn(key);
  const found = inExchange ?? people.find((user) => user.id === id);
  if (found) remembered.current = found;
  return remembered.current?.id === id ? remembered.current : null;
}
