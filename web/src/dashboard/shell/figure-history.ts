import type { ActivityPayload } from '../../connection/frames';

// How far back the live plots reach.
export const HISTORY_SECONDS = 300;

export interface Figures {
  // Milliseconds since 1970, by the server's clock.
  readonly at: number;
  readonly connections: number;
  readonly usersOnline: number;
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly refusedPerSecond: number;
  readonly logWaiting: number;
  readonly memoryBytes: number;
}

// The live figures of the last minutes, oldest first.
//
// Invariants: times ascend; all are within HISTORY_SECONDS of the newest.
export class FigureHistory {
  private figures: Figures[] = [];

  add(payload: ActivityPayload): void {
    const newest = figuresOf(payload);
    if (Number.isNaN(newest.at)) return;
    // What claims to be later is of a server whose clock was set back since.
    const earliest = newest.at - HISTORY_SECONDS * 1000;
    const kept = this.figures.filter(({ at }) => at < newest.at && at >= earliest);
    this.figures = [...kept, newest];
  }

  // Another array after each add().
  list(): readonly Figures[] {
    return this.figures;
  }
}

function figuresOf(payload: ActivityPayload): Figures {
  return {
    at: Date.parse(payload.at),
    connections: payload.connections,
    usersOnline: payload.users_online,
    messagesPerSecond: payload.messages_per_second,
    deliveriesPerSecond: payload.deliveries_per_second,
    refusedPerSecond: payload.refused_per_second,
    logWaiting: payload.log_waiting,
    memoryBytes: payload.memory_bytes,
  };
}
