// What travels over the hubbub.v1 WebSocket. docs/protocol.md

export type LogId = number | 'inbox';

// "I have everything up to and including seq." An epoch and a seq mean something only together.
export interface Position {
  epoch: string;
  seq: number;
}

export interface User {
  id: string;
  username: string;
}

export interface ChannelPayload extends Position {
  id: number;
  name: string;
  description: string;
  sort_order: number;
  // There where they differ from false and 0.
  read_only?: boolean;
  staff_only?: boolean;
  private?: boolean;
  slow_mode_seconds?: number;
}

export interface HelloPayload {
  session_id: string;
  server_id: string;
  server_name: string;
  user: User;
  roles: string[];
  limits: {
    message_length_max: number;
    message_limit: number;
    window_seconds: number;
  };
  channels: ChannelPayload[];
  inbox: Position;
  users: User[];
}

export interface EntryPayload extends Position {
  log: LogId;
}

export interface MessagePayload extends EntryPayload {
  message_id: number;
  owner_id: string;
  username: string;
  recipient_id?: string;
  recipient?: string;
  message: string;
  authored_at: string;
  send_key?: string;
  removed?: boolean;
}

export interface RemovalPayload extends EntryPayload {
  removed_seq: number;
}

export interface AckPayload extends EntryPayload {
  send_key: string;
  message_id: number;
  authored_at: string;
  repeated: boolean;
}

export interface ErrorPayload {
  send_key?: string;
  command?: string;
  log?: LogId;
  code: string;
  message: string;
  field?: string;
  retry_after_ms?: number;
}

export interface SubscribedPayload extends EntryPayload {
  replayed: number;
}

export type GapReason = 'retention' | 'epoch' | 'forbidden';

export interface GapPayload {
  log: LogId;
  from: number;
  to: number;
  reason: GapReason;
}

export interface HistoryPayload {
  log: LogId;
  epoch: string;
  messages: MessagePayload[];
  has_more: boolean;
}

// What the server does at this moment, gathered once a second at most.
export interface ActivityPayload {
  at: string;
  connections: number;
  users_online: number;
  messages_per_second: number;
  deliveries_per_second: number;
  refused_per_second: number;
  log_waiting: number;
  memory_bytes: number;
}

interface FramePayloads {
  hello: HelloPayload;
  ack: AckPayload;
  error: ErrorPayload;
  subscribed: SubscribedPayload;
  gap: GapPayload;
  history: HistoryPayload;
  chat_message: MessagePayload;
  private_chat_message: MessagePayload;
  message_removed: RemovalPayload;
  channel_created: { channel: ChannelPayload };
  channel_updated: { channel: ChannelPayload };
  channel_removed: { channel: { id: number; name: string } };
  roles_changed: { roles: string[] };
  user_status: { changes: (User & { status: boolean })[] };
  limits_updated: { message_limit: number; window_seconds: number };
  heartbeat: { heads: EntryPayload[] };
  token_expiring: { expires_at: string };
  token_refreshed: { expires_at: string };
  activity: ActivityPayload;
}

export type Frame = {
  [Type in keyof FramePayloads]: { type: Type; payload: FramePayloads[Type] };
}[keyof FramePayloads];

export type EntryFrame = Extract<
  Frame,
  { type: 'chat_message' | 'private_chat_message' | 'message_removed' }
>;

export type Command =
  | { type: 'chat_message'; send_key: string; channel_id: number; message: string }
  | { type: 'private_chat_message'; send_key: string; recipient_id: string; message: string }
  | { type: 'subscribe'; log: LogId; since: Position }
  | { type: 'history'; log: LogId; before: number; limit: number }
  | { type: 'refresh_token'; token: string }
  | { type: 'watch_activity' };

// Null for what is not a frame; a type that this page does not know yet is the dispatcher's to
// skip.
export function parseFrame(text: string): Frame | null {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame =
      typeof frame === 'object' && frame !== null && 'type' in frame && 'payload' in frame;
    return isFrame ? (frame as Frame) : null;
  } catch {
    return null;
  }
}
