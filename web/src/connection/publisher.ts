import type { Clock, Timer } from './clock';

// A replay of thousands of messages arrives as thousands of tasks; the page is drawn at most once
// in this time. 40 ms is below what one notices when sending.
const PAUSE_MS = 40;

// An observable value for useSyncExternalStore: built when asked for, the same object until it
// changed.
export class Publisher<T> {
  private readonly listeners = new Set<() => void>();
  private snapshot: T | null = null;
  private publishedAt = -Infinity;
  private timer: Timer | null = null;

  constructor(
    private readonly build: () => T,
    private readonly clock: Clock,
  ) {}

  readonly getSnapshot = (): T => (this.snapshot ??= this.build());

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly changed = (): void => {
    this.snapshot = null;
    if (this.timer) return;
    const wait = Math.max(0, this.publishedAt + PAUSE_MS - this.clock.now());
    this.timer = this.clock.after(wait, () => {
      this.timer = null;
      this.publishedAt = this.clock.now();
      for (const listener of [...this.listeners]) listener();
    });
  };
}
