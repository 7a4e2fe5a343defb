import type { Channel } from './channels';
import { Channels } from './channels';
import type { Timer } from './clock';
import { Connection, type ConnectionOptions, type ConnectionState } from './connection';
import { isTemporary } from './error-code';
import type {
  AckPayload,
  EntryPayload,
  ErrorPayload,
  Frame,
  HelloPayload,
  LogId,
  User,
} from './frames';
import type { LogView } from './log';
import { Logs } from './logs';
import { Pauses, type Pause } from './pauses';
import { People } from './people';
import { Publisher } from './publisher';
import { isStaff } from './roles';
import { Unanswered, type Recipient, type UnansweredMessage } from './unanswered';

const HISTORY_PAUSE_MS = 5_000;

// How long "Caught up" stays on the page.
const CAUGHT_UP_SHOWN_MS = 8_000;

export interface Session {
  readonly serverId: string;
  readonly serverName: string;
  readonly user: User;
  readonly roles: readonly string[];
  readonly limits: HelloPayload['limits'];
}

export interface ChatState {
  readonly connection: ConnectionState;
  // A new connection is open, and what was missed is still coming.
  readonly catchingUp: boolean;
  readonly caughtUp: { readonly missed: number } | null;
  // Null until the first hello.
  readonly session: Session | null;
  readonly channels: readonly Channel[];
  readonly people: readonly User[];
  readonly logs: ReadonlyMap<LogId, LogView>;
  readonly pauses: ReadonlyMap<LogId, Pause>;
  readonly unanswered: readonly UnansweredMessage[];
}

export interface ChatOptions extends ConnectionOptions {
  newSendKey: () => string;
  kept: (userId: string) => UnansweredMessage[];
  keep: (userId: string, messages: UnansweredMessage[]) => void;
}

// Everything the page knows of the server, and everything it can ask of it. Knows nothing of React:
// the page observes `state`.
export class Chat {
  readonly state: Publisher<ChatState>;
  private readonly connection: Connection;
  private readonly logs: Logs;
  private readonly channels = new Channels();
  private readonly people = new People();
  private readonly pauses: Pauses;
  private readonly unanswered: Unanswered;
  private connectionState: ConnectionState = { kind: 'connecting' };
  private session: Session | null = null;
  private caughtUp: { missed: number } | null = null;
  private caughtUpTimer: Timer | null = null;

  constructor(private readonly options: ChatOptions) {
    this.state = new Publisher(() => this.snapshot(), options.clock);
    const { changed } = this.state;
    this.pauses = new Pauses(options.clock);
    this.connection = new Connection(options, {
      frame: (frame) => this.dispatch(frame),
      changed: (state) => this.connectionChanged(state),
    });
    const send = this.connection.send.bind(this.connection);
    this.unanswered = new Unanswered({
      send,
      changed,
      newSendKey: options.newSendKey,
      clock: options.clock,
      keep: (messages) => this.session && options.keep(this.session.user.id, messages),
    });
    this.logs = new Logs({
      send,
      changed,
      arrived: (message) => this.unanswered.arrived(message),
      caughtUp: (missed) => this.showCaughtUp(missed),
    });
  }

  start(): void {
    this.connection.start();
  }

  stop(reason: 'left' | 'signed_out'): void {
    this.caughtUpTimer?.cancel();
    this.connection.stop(reason);
  }

  wake(): void {
    this.connection.wake();
  }

  load(log: LogId): void {
    this.logs.load(log);
  }

  loadOlder(log: LogId): void {
    this.logs.loadOlder(log);
  }

  send(to: Recipient, text: string): void {
    this.unanswered.compose(to, text);
  }

  retry(sendKey: string): void {
    this.unanswered.retry(sendKey);
  }

  discard(sendKey: string): void {
    this.unanswered.discard(sendKey);
  }

  private connectionChanged(state: ConnectionState): void {
    this.connectionState = state;
    if (state.kind !== 'open') {
      this.caughtUp = null;
      this.logs.disconnected();
      this.unanswered.disconnected();
    }
    this.state.changed();
  }

  private dispatch(frame: Frame): void {
    switch (frame.type) {
      case 'hello':
        return this.greeted(frame.payload);
      case 'ack':
        return this.acknowledged(frame.payload);
      case 'error':
        return this.refused(frame.payload);
      case 'chat_message':
      case 'private_chat_message':
      case 'message_removed':
        return this.logs.entry(frame);
      case 'subscribed':
        return this.logs.subscribed(frame.payload);
      case 'gap':
        return this.logs.gap(frame.payload);
      case 'history':
        return this.logs.history(frame.payload);
      case 'heartbeat':
        return this.logs.heartbeat(frame.payload.heads);
      case 'token_expiring':
        return void this.connection.refreshToken();
      case 'token_refreshed':
      case 'activity':
        return;
      default:
        return this.dispatchNews(frame);
    }
  }

  private dispatchNews(
    frame: Extract<
      Frame,
      { type: `channel_${string}` | 'roles_changed' | 'user_status' | 'limits_updated' }
    >,
  ): void {
    switch (frame.type) {
      case 'channel_created':
        this.channels.put(frame.payload.channel);
        this.logs.begin(frame.payload.channel.id, frame.payload.channel, true);
        break;
      case 'channel_updated':
        this.channels.put(frame.payload.channel);
        if (!frame.payload.channel.slow_mode_seconds)
          this.pauses.slowModeEnded(frame.payload.channel.id);
        break;
      case 'channel_removed':
        this.channels.remove(frame.payload.channel.id);
        this.logs.forget(frame.payload.channel.id);
        break;
      case 'roles_changed':
        if (this.session) this.session = { ...this.session, roles: frame.payload.roles };
        break;
      case 'user_status':
        this.people.apply(frame.payload.changes);
        break;
      case 'limits_updated':
        if (this.session) {
          const limits = { ...this.session.limits, ...frame.payload };
          this.session = { ...this.session, limits };
        }
        break;
      default:
        this.unknownFrame(frame);
    }
    this.state.changed();
  }

  // A later server may send kinds of entries that this page does not know.
  private unknownFrame(frame: { payload: unknown }): void {
    const payload = frame.payload as Partial<EntryPayload> | null;
    if (payload?.log !== undefined && payload.epoch !== undefined && payload.seq !== undefined) {
      this.logs.unknownEntry(payload as EntryPayload);
    }
  }

  private greeted(hello: HelloPayload): void {
    const isReconnect = this.session !== null;
    // Another tab signed in as somebody else: nothing here is theirs.
    if (isReconnect && this.session?.user.id !== hello.user.id) {
      return this.connection.stop('other_user');
    }
    this.session = {
      serverId: hello.server_id,
      serverName: hello.server_name,
      user: hello.user,
      roles: hello.roles,
      limits: hello.limits,
    };
    this.channels.replaceAll(hello.channels);
    this.people.replaceAll(hello.users);
    this.logs.resume(hello, isReconnect);
    if (!isReconnect) this.unanswered.restore(this.options.kept(hello.user.id));
    this.unanswered.flush();
    this.state.changed();
  }

  private acknowledged(ack: AckPayload): void {
    const isExempt = isStaff(this.session?.roles ?? []);
    const channel = ack.log === 'inbox' ? undefined : this.channels.find(ack.log);
    if (!ack.repeated) this.pauses.written(ack.log, isExempt ? 0 : (channel?.slowModeSeconds ?? 0));
    this.unanswered.acknowledged(ack, this.logs.has(ack));
  }

  private messageRefused(sendKey: string, error: ErrorPayload): void {
    const to = this.unanswered.find(sendKey)?.to;
    if (to) this.pauses.refused(to.kind === 'channel' ? to.id : 'inbox', error);
    this.unanswered.refused(sendKey, error);
  }

  private refused(error: ErrorPayload): void {
    const { send_key: sendKey, command, log, code } = error;
    if (sendKey !== undefined) return this.messageRefused(sendKey, error);
    if (log === undefined) return;
    if (command === 'subscribe') return this.logs.subscribeRefused(log);
    if (command !== 'history') return;
    if (!isTemporary(code)) return this.logs.historyRefused(log, false);
    // Until then the page shows that it is loading, and does not ask again by itself.
    const pause = error.retry_after_ms ?? HISTORY_PAUSE_MS;
    this.options.clock.after(pause, () => this.logs.historyRefused(log, true));
  }

  private showCaughtUp(missed: number): void {
    this.caughtUp = { missed };
    this.caughtUpTimer?.cancel();
    this.caughtUpTimer = this.options.clock.after(CAUGHT_UP_SHOWN_MS, () => {
      this.caughtUp = null;
      this.state.changed();
    });
    this.state.changed();
  }

  private snapshot(): ChatState {
    return {
      connection: this.connectionState,
      catchingUp: this.logs.catchingUp,
      caughtUp: this.caughtUp,
      session: this.session,
      channels: this.channels.list(),
      people: this.people.list(),
      logs: this.logs.views(),
      pauses: this.pauses.list(),
      unanswered: this.unanswered.list(),
    };
  }
}
