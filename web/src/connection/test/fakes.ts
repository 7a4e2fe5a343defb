import type { Clock } from '../clock';
import type { Command } from '../frames';
import type { Socket } from '../socket';

// Time that passes only when told to.
export class ManualClock implements Clock {
  private time = 1_000_000;
  private timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, run: () => void) {
    const timer = { at: this.time + milliseconds, run };
    this.timers.push(timer);
    return { cancel: () => (this.timers = this.timers.filter((other) => other !== timer)) };
  }

  async pass(milliseconds: number): Promise<void> {
    await settle();
    const end = this.time + milliseconds;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = Math.max(this.time, due.at);
      due.run();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

// The server's end of a WebSocket.
export class FakeSocket implements Socket {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly commands: Command[] = [];
  closedByPage = false;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {}

  send(text: string): void {
    this.commands.push(JSON.parse(text) as Command);
  }

  close(): void {
    this.closedByPage = true;
  }

  says(type: string, payload: object): void {
    const data = JSON.stringify({ type, sender: 'Server', payload });
    this.onmessage?.({ data } as MessageEvent);
  }

  async ends(code: number, reason = ''): Promise<void> {
    this.onclose?.({ code, reason } as CloseEvent);
    await settle();
  }
}

// Lets promises that are ready run.
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
