import type { Clock } from './clock';
import type { ErrorPayload, LogId } from './frames';

// Why a message to a log would be refused at present.
export interface Pause {
  readonly reason: 'slow_mode' | 'muted';
  // By this device's clock; null: until a moderator lifts it.
  readonly until: number | null;
}

// When this user may write again, by log. Known only from what happened to their messages: the
// server has the last word, and a pause that is over is left for the reader to notice.
export class Pauses {
  private pauses: ReadonlyMap<LogId, Pause> = new Map();

  constructor(private readonly clock: Clock) {}

  list(): ReadonlyMap<LogId, Pause> {
    return this.pauses;
  }

  // A message of ours got in: nobody is muted there, and slow mode begins to count.
  written(log: LogId, slowModeSeconds: number): void {
    if (slowModeSeconds > 0) this.slowDown(log, slowModeSeconds * 1000);
    else this.end(log);
  }

  refused(log: LogId, { code, retry_after_ms: restMs }: ErrorPayload): void {
    if (code === 'slow_mode') this.slowDown(log, restMs ?? 0);
    if (code === 'muted') this.begin(log, { reason: 'muted', until: this.endIn(restMs) });
  }

  slowModeEnded(log: LogId): void {
    if (this.pauses.get(log)?.reason === 'slow_mode') this.end(log);
  }

  private end(log: LogId): void {
    if (!this.pauses.has(log)) return;
    const pauses = new Map(this.pauses);
    pauses.delete(log);
    this.pauses = pauses;
  }

  private slowDown(log: LogId, milliseconds: number): void {
    this.begin(log, { reason: 'slow_mode', until: this.clock.now() + milliseconds });
  }

  private begin(log: LogId, pause: Pause): void {
    this.pauses = new Map(this.pauses).set(log, pause);
  }

  private endIn(milliseconds: number | undefined): number | null {
    return milliseconds ? this.clock.now() + milliseconds : null;
  }
}
