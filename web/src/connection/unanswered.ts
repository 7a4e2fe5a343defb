import type { Clock, Timer } from './clock';
import { isTemporary } from './error-code';
import type { AckPayload, Command, ErrorPayload, LogId } from './frames';
import type { Message } from './message';

const FIRST_REPEAT_MS = 1_000;
const LAST_REPEAT_MS = 30_000;

export type Recipient =
  { kind: 'channel'; id: number } | { kind: 'person'; id: string; username: string };

// A message of ours that is not yet in its log.
export interface UnansweredMessage {
  readonly sendKey: string;
  readonly to: Recipient;
  readonly text: string;
  readonly composedAt: number;
  readonly state: UnansweredState;
}

export type UnansweredState =
  | { kind: 'pending' }
  // Refused for now; repeated by itself at retryAt.
  | { kind: 'waiting'; retryAt: number; code: string }
  // Refused for good, or for a time that only its author can judge; until: when that is over.
  | { kind: 'failed'; code: string; reason: string; until?: number }
  // On disk; the copy that comes through the log takes its place.
  | { kind: 'acknowledged'; log: LogId; seq: number; messageId: number; authoredAt: number };

export interface UnansweredOptions {
  send(command: Command): boolean;
  changed(): void;
  newSendKey(): string;
  clock: Clock;
  keep(messages: UnansweredMessage[]): void;
}

// What was sent and not answered, in the order of composing. Each message is repeated under its
// send key on every new connection until the server answers; while one waits for its turn, or for
// the answer to its repetition, the later ones wait behind it, so that the order stays.
export class Unanswered {
  private messages: UnansweredMessage[] = [];
  private readonly onThisConnection = new Set<string>();
  private readonly tries = new Map<string, number>();
  private timer: Timer | null = null;

  constructor(private readonly options: UnansweredOptions) {}

  // What was unanswered when the page was reloaded. With the same send key a repetition is stored
  // once, whoever repeats it.
  restore(kept: readonly UnansweredMessage[]): void {
    const open = kept.filter((message) => message.state.kind !== 'acknowledged');
    if (open.length > 0) this.replaceAll([...open, ...this.messages]);
  }

  list(): readonly UnansweredMessage[] {
    return this.messages;
  }

  find(sendKey: string): UnansweredMessage | undefined {
    return this.messages.find((message) => message.sendKey === sendKey);
  }

  compose(to: Recipient, text: string): void {
    const { clock, newSendKey } = this.options;
    this.replaceAll([
      ...this.messages,
      { sendKey: newSendKey(), to, text, composedAt: clock.now(), state: { kind: 'pending' } },
    ]);
    this.flush();
  }

  disconnected(): void {
    this.onThisConnection.clear();
  }

  flush(): void {
    this.timer?.cancel();
    this.timer = null;
    for (const message of this.messages) {
      const { state, sendKey } = message;
      if (state.kind === 'failed' || state.kind === 'acknowledged') continue;
      if (state.kind === 'waiting') {
        const rest = state.retryAt - this.options.clock.now();
        if (rest > 0) {
          this.timer = this.options.clock.after(rest, () => this.flush());
          return;
        }
        this.update(sendKey, { kind: 'pending' });
      }
      if (!this.onThisConnection.has(sendKey)) {
        if (!this.options.send(commandFor(message))) return;
        this.onThisConnection.add(sendKey);
      }
      // It may be refused again, and the next one let in before it.
      if (this.tries.has(sendKey)) return;
    }
  }

  // alreadyInLog: the log was read past the position of the acknowledgement.
  acknowledged(ack: AckPayload, alreadyInLog: boolean): void {
    this.tries.delete(ack.send_key);
    if (alreadyInLog) this.discard(ack.send_key);
    else
      this.update(ack.send_key, {
        kind: 'acknowledged',
        log: ack.log,
        seq: ack.seq,
        messageId: ack.message_id,
        authoredAt: Date.parse(ack.authored_at),
      });
    this.flush();
  }

  // True if the message was one of these: it is in its log now, and no longer here.
  arrived(message: Message): boolean {
    const ours = this.messages.find(
      ({ sendKey, state }) =>
        sendKey === message.sendKey ||
        (state.kind === 'acknowledged' && state.messageId === message.messageId),
    );
    if (ours) this.discard(ours.sendKey);
    return ours !== undefined;
  }

  refused(sendKey: string, error: ErrorPayload): void {
    this.onThisConnection.delete(sendKey);
    if (!isTemporary(error.code)) {
      this.tries.delete(sendKey);
      this.update(sendKey, failedState(error, this.options.clock.now()));
      return this.flush();
    }
    const tries = (this.tries.get(sendKey) ?? 0) + 1;
    this.tries.set(sendKey, tries);
    const delay =
      error.retry_after_ms ?? Math.min(LAST_REPEAT_MS, FIRST_REPEAT_MS * 2 ** (tries - 1));
    const retryAt = this.options.clock.now() + delay;
    this.update(sendKey, { kind: 'waiting', retryAt, code: error.code });
    this.flush();
  }

  retry(sendKey: string): void {
    const message = this.messages.find((candidate) => candidate.sendKey === sendKey);
    if (message?.state.kind !== 'failed') return;
    // A refused message was not stored, so its key is still good, unless the key itself was
    // refused.
    const key = message.state.code === 'send_key_conflict' ? this.options.newSendKey() : sendKey;
    this.replaceAll([
      ...this.messages.filter((candidate) => candidate !== message),
      { ...message, sendKey: key, state: { kind: 'pending' } },
    ]);
    this.flush();
  }

  discard(sendKey: string): void {
    this.onThisConnection.delete(sendKey);
    this.tries.delete(sendKey);
    this.replaceAll(this.messages.filter((message) => message.sendKey !== sendKey));
    this.flush();
  }

  private update(sendKey: string, state: UnansweredState): void {
    this.replaceAll(
      this.messages.map((message) =>
        message.sendKey === sendKey ? { ...message, state } : message,
      ),
    );
  }

  private replaceAll(messages: UnansweredMessage[]): void {
    this.messages = messages;
    this.options.keep(messages);
    this.options.changed();
  }
}

function failedState({ code, message, retry_after_ms }: ErrorPayload, now: number) {
  const failed: UnansweredState = { kind: 'failed', code, reason: message };
  return retry_after_ms ? { ...failed, until: now + retry_after_ms } : failed;
}

function commandFor({ sendKey, to, text }: UnansweredMessage): Command {
  return to.kind === 'channel'
    ? { type: 'chat_message', send_key: sendKey, channel_id: to.id, message: text }
    : { type: 'private_chat_message', send_key: sendKey, recipient_id: to.id, message: text };
}
