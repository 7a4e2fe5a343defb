import { Chat, type ChatState } from '../chat';
import type { Command, HelloPayload, LogId } from '../frames';
import type { UnansweredMessage } from '../unanswered';
import { FakeSocket, ManualClock, settle } from './fakes';

export const ALICE = { id: 'a', username: 'alice' };
export const BOB = { id: 'b', username: 'bob' };
export const EPOCH = 'first';

// A chat page of alice's, the server that it talks to, and the words to tell what happens.
export class World {
  readonly clock = new ManualClock();
  readonly sockets: FakeSocket[] = [];
  readonly refusedTokens: (string | undefined)[] = [];
  tokens: (string | null | Error)[] = [];
  kept: UnansweredMessage[] = [];
  dice = 0.5;
  readonly chat: Chat;
  private keys = 0;

  constructor() {
    this.chat = new Chat({
      url: 'ws://chat.example/ws',
      openSocket: (url, protocols) => {
        this.sockets.push(new FakeSocket(url, protocols));
        return this.server;
      },
      getToken: async (refused) => {
        this.refusedTokens.push(refused);
        const token = this.tokens.length > 0 ? this.tokens.shift()! : 'good';
        if (token instanceof Error) throw token;
        return token;
      },
      clock: this.clock,
      random: () => this.dice,
      newSendKey: () => `key${(this.keys += 1)}`,
      kept: () => this.kept,
      keep: (_userId, messages) => (this.kept = messages),
    });
  }

  get server(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  get state(): ChatState {
    return this.chat.state.getSnapshot();
  }

  async connect(hello: Partial<HelloPayload> = {}): Promise<void> {
    this.chat.start();
    await settle();
    this.greet(hello);
  }

  greet(hello: Partial<HelloPayload> = {}): void {
    this.server.says('hello', {
      session_id: 's',
      server_id: 'srv',
      server_name: 'Test',
      user: ALICE,
      roles: ['member'],
      limits: { message_length_max: 4000, message_limit: 20, window_seconds: 10 },
      channels: [channel(1, 5)],
      inbox: { epoch: EPOCH, seq: 0 },
      users: [ALICE, BOB],
      ...hello,
    });
  }

  // The connection ends, and the next one is greeted.
  async reconnect(hello: Partial<HelloPayload> = {}): Promise<void> {
    await this.server.ends(1006);
    await this.clock.pass(30_000);
    this.greet(hello);
  }

  // Bob writes into channel 1.
  writes(seq: number, more: object = {}): void {
    this.server.says('chat_message', message(seq, more));
  }

  subscribed(log: LogId, seq: number, epoch = EPOCH): void {
    this.server.says('subscribed', { log, epoch, seq, replayed: 0 });
  }

  commands(type: Command['type']): Command[] {
    return this.server.commands.filter((command) => command.type === type);
  }

  texts(log: LogId = 1): string[] {
    return this.state.logs.get(log)!.messages.map(({ text }) => text);
  }
}

export function channel(id: number, seq: number, more: object = {}) {
  return { id, name: `c${id}`, description: '', sort_order: id, epoch: EPOCH, seq, ...more };
}

export function message(seq: number, more: object = {}) {
  return {
    log: 1,
    epoch: EPOCH,
    seq,
    message_id: 100 + seq,
    owner_id: BOB.id,
    username: BOB.username,
    message: `m${seq}`,
    authored_at: '2026-01-02T03:04:05Z',
    ...more,
  };
}
