import type { Channel, ChannelRules } from '../connection/channels';
import type { ChatState } from '../connection/chat';
import type { Position, User } from '../connection/frames';
import type { LogView } from '../connection/log';
import type { Message } from '../connection/message';
import { keyOf, type Conversation, type ConversationKey } from './conversation';
import type { Exchange } from './exchanges';
import { readUpTo } from './read-marks';

export interface ConversationSummary {
  readonly key: ConversationKey;
  readonly conversation: Conversation;
  readonly name: string;
  readonly description: string;
  readonly unread: number;
  readonly online: boolean;
  readonly rules: ChannelRules;
}

const NO_RULES: ChannelRules = {
  readOnly: false,
  staffOnly: false,
  isPrivate: false,
  slowModeSeconds: 0,
};

type Marks = ReadonlyMap<ConversationKey | 'inbox', Position>;

export function channelSummaries(state: ChatState, marks: Marks): ConversationSummary[] {
  return state.channels.map((channel) => summaryOfChannel(channel, state, marks));
}

// The newest conversation first. `open` is listed even before its first message.
export function exchangeSummaries(
  state: ChatState,
  exchanges: ReadonlyMap<string, Exchange>,
  marks: Marks,
  open: User | null,
): ConversationSummary[] {
  const inbox = state.logs.get('inbox');
  if (!inbox) return [];
  const online = new Set(state.people.map((user) => user.id));
  const listed = [...exchanges.values()].sort((a, b) => lastSeq(b) - lastSeq(a));
  if (open && !exchanges.has(open.id)) listed.unshift({ partner: open, messages: [] });
  return listed.map(({ partner, messages }) => {
    const conversation: Conversation = { kind: 'person', ...partner };
    const key = keyOf(conversation);
    return {
      key,
      conversation,
      name: partner.username,
      description: '',
      unread: countFromOthers(messages, readUpTo(marks, key, inbox), state),
      online: online.has(partner.id),
      rules: NO_RULES,
    };
  });
}

// The next channel whose unread count is only a guess: by its positions, which removals and one's
// own messages have too. Null: there is none, or one is being fetched.
export function channelToCount(state: ChatState, marks: Marks): number | null {
  const guesses = state.channels.filter(({ id }) => {
    const log = state.logs.get(id);
    if (!log || log.loaded) return false;
    return log.start > readUpTo(marks, keyOf({ kind: 'channel', id }), log);
  });
  const isFetching = guesses.some(({ id }) => state.logs.get(id)?.loadingOlder);
  return isFetching ? null : (guesses[0]?.id ?? null);
}

function summaryOfChannel(channel: Channel, state: ChatState, marks: Marks): ConversationSummary {
  const conversation: Conversation = { kind: 'channel', id: channel.id };
  const key = keyOf(conversation);
  const log = state.logs.get(channel.id);
  const { name, description } = channel;
  const unread = log ? unreadOfLog(log, readUpTo(marks, key, log), state) : 0;
  return { key, conversation, name, description, unread, online: true, rules: channel };
}

// What was not fetched yet is counted by its positions.
function unreadOfLog(log: LogView, readSeq: number, state: ChatState): number {
  return countFromOthers(log.messages, readSeq, state) + Math.max(0, log.start - readSeq);
}

function countFromOthers(messages: readonly Message[], readSeq: number, state: ChatState): number {
  let count = 0;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (message.seq <= readSeq) break;
    if (!message.removed && message.authorId !== state.session?.user.id) count += 1;
  }
  return count;
}

function lastSeq(exchange: Exchange): number {
  return exchange.messages.at(-1)?.seq ?? 0;
}
