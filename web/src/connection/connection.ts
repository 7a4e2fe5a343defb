import { BackOff } from './back-off';
import type { Clock, Timer } from './clock';
import { CloseCode, isAccountDisabled, retryInMs } from './close-code';
import { isTemporary } from './error-code';
import { parseFrame, type Command, type ErrorPayload, type Frame } from './frames';
import type { OpenSocket, Socket } from './socket';

// docs/protocol.md, "heartbeat": 60 s without any frame is a lost connection.
const SILENCE_MAX_MS = 60_000;
// An opened socket that says nothing (a proxy that swallows the upgrade) is given up sooner.
const HELLO_WAIT_MS = 15_000;
// A token just issued and still refused, several times over: signing in again is all that is left.
const REFUSED_TOKENS_MAX = 3;
// The issuer cannot be reached, or not by the server. It says 60 s ahead that a token ends.
const TOKEN_RETRY_MS = 5_000;

export type StopReason =
  'banned' | 'disabled' | 'signed_out' | 'outdated' | 'other_user' | 'left';

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'open' }
  | { kind: 'waiting'; retryAt: number; tooMany: boolean }
  | { kind: 'retrying' }
  | { kind: 'stopped'; reason: StopReason };

// A valid access token, never `refused`; null: the user has to sign in. Rejects if it is not known
// at present (no network).
export type GetToken = (refused?: string) => Promise<string | null>;

export interface ConnectionOptions {
  url: string;
  openSocket: OpenSocket;
  getToken: GetToken;
  clock: Clock;
  random: () => number;
}

export interface ConnectionEvents {
  frame(frame: Frame): void;
  changed(state: ConnectionState): void;
}

// Keeps one WebSocket to the server, opening the next when one is lost. Knows frames, not what they
// mean.
export class Connection {
  private state: ConnectionState = { kind: 'connecting' };
  private socket: Socket | null = null;
  private token: string | null = null;
  private refusedToken: string | undefined;
  private refusals = 0;
  private helloAt: number | null = null;
  private lastFrameAt = 0;
  private retryTimer: Timer | null = null;
  private watchTimer: Timer | null = null;
  // An attempt that waits for its token is void once this has moved on.
  private attempt = 0;
  private readonly backOff: BackOff;

  constructor(
    private readonly options: ConnectionOptions,
    private readonly events: ConnectionEvents,
  ) {
    this.backOff = new BackOff(options.random);
  }

  start(): void {
    void this.open({ kind: 'connecting' });
  }

  stop(reason: StopReason): void {
    this.dropSocket();
    this.attempt += 1;
    this.retryTimer?.cancel();
    this.enter({ kind: 'stopped', reason });
  }

  send(command: Command): boolean {
    if (this.state.kind !== 'open' || !this.socket) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  // The network is back, or the page is looked at again: what is due later is tried at once.
  wake(): void {
    if (this.state.kind === 'waiting') void this.open({ kind: 'retrying' });
    else if (this.socket && this.silence() >= SILENCE_MAX_MS) this.lost();
  }

  async refreshToken(): Promise<void> {
    const socket = this.socket;
    let token: string | null;
    try {
      token = await this.options.getToken(this.token ?? undefined);
    } catch {
      return this.whileOpen(socket, TOKEN_RETRY_MS, () => void this.refreshToken());
    }
    if (token === null || socket !== this.socket) return;
    if (this.send({ type: 'refresh_token', token })) this.token = token;
  }

  // The server could not ask the issuer about it just now.
  private refreshRefused({ code, retry_after_ms: pause }: ErrorPayload): void {
    if (!isTemporary(code)) return;
    this.whileOpen(this.socket, pause ?? TOKEN_RETRY_MS, () => {
      if (this.token) this.send({ type: 'refresh_token', token: this.token });
    });
  }

  private whileOpen(socket: Socket | null, milliseconds: number, run: () => void): void {
    this.options.clock.after(milliseconds, () => {
      if (socket && socket === this.socket) run();
    });
  }

  private async open(state: ConnectionState): Promise<void> {
    const attempt = ++this.attempt;
    this.retryTimer?.cancel();
    this.enter(state);
    let token: string | null;
    try {
      token = await this.options.getToken(this.refusedToken);
    } catch {
      if (attempt === this.attempt) this.retryIn(this.backOff.nextDelay());
      return;
    }
    if (attempt !== this.attempt) return;
    if (token === null) return this.stop('signed_out');
    this.connect(token);
  }

  private connect(token: string): void {
    const { openSocket, url } = this.options;
    const socket = openSocket(url, ['hubbub.v1', `bearer.${token}`]);
    this.token = token;
    this.socket = socket;
    this.helloAt = null;
    this.lastFrameAt = this.options.clock.now();
    socket.onmessage = (event) => this.received(event.data);
    socket.onclose = (event) => this.closed(event.code, event.reason);
    this.watch(HELLO_WAIT_MS);
  }

  private received(data: unknown): void {
    this.lastFrameAt = this.options.clock.now();
    const frame = typeof data === 'string' ? parseFrame(data) : null;
    if (!frame) return;
    if (frame.type === 'hello') {
      this.helloAt = this.lastFrameAt;
      this.refusals = 0;
      this.refusedToken = undefined;
      this.enter({ kind: 'open' });
      this.watch(SILENCE_MAX_MS);
    }
    if (frame.type === 'error' && frame.payload.command === 'refresh_token') {
      this.refreshRefused(frame.payload);
    }
    this.events.frame(frame);
  }

  private closed(code: number, reason: string): void {
    this.dropSocket();
    if (this.helloAt !== null)
      this.backOff.connectionLasted(this.options.clock.now() - this.helloAt);
    if (code === CloseCode.banned) return this.stop('banned');
    if (code === CloseCode.malformedFrames) return this.stop('outdated');
    if (code === CloseCode.tokenRefused) return this.tokenRefused(reason);
    const delay = retryInMs(reason);
    if (code === CloseCode.tooManyConnections) {
      return this.retryIn(delay ?? this.backOff.patientDelay(), true);
    }
    this.retryIn(delay ?? this.backOff.nextDelay());
  }

  private tokenRefused(reason: string): void {
    if (isAccountDisabled(reason)) return this.stop('disabled');
    this.refusedToken = this.token ?? undefined;
    this.refusals += 1;
    if (this.refusals >= REFUSED_TOKENS_MAX) return this.stop('signed_out');
    if (this.refusals === 1) void this.open({ kind: 'retrying' });
    else this.retryIn(this.backOff.nextDelay());
  }

  private retryIn(milliseconds: number, tooMany = false): void {
    const { clock } = this.options;
    this.retryTimer = clock.after(milliseconds, () => void this.open({ kind: 'retrying' }));
    this.enter({ kind: 'waiting', retryAt: clock.now() + milliseconds, tooMany });
  }

  // One timer however many frames come: when it is due it looks how long the silence really was.
  private watch(silenceMax: number): void {
    this.watchTimer?.cancel();
    const rest = Math.max(0, silenceMax - this.silence());
    this.watchTimer = this.options.clock.after(rest, () => {
      if (this.silence() >= silenceMax) this.lost();
      else this.watch(silenceMax);
    });
  }

  private silence(): number {
    return this.options.clock.now() - this.lastFrameAt;
  }

  private lost(): void {
    this.closed(CloseCode.abnormal, '');
  }

  private dropSocket(): void {
    this.watchTimer?.cancel();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(CloseCode.normal);
  }

  private enter(state: ConnectionState): void {
    this.state = state;
    this.events.changed(state);
  }
}
