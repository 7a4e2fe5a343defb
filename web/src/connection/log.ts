import type { EntryFrame, GapPayload, GapReason, HistoryPayload, LogId, Position } from './frames';
import { messageOf, type Message } from './message';

export interface LogGap {
  readonly from: number;
  readonly to: number;
  readonly reason: GapReason;
}

// What the page may see of a log. Messages are in the order of their seq.
export interface LogView {
  readonly id: LogId;
  readonly epoch: string;
  readonly seq: number;
  readonly messages: readonly Message[];
  readonly gaps: readonly LogGap[];
  // False until the newest messages were fetched: an empty list then says nothing.
  readonly loaded: boolean;
  // Entries up to here were not fetched; 0: there is nothing older.
  readonly start: number;
  readonly loadingOlder: boolean;
}

export type Verdict = 'new' | 'duplicate' | 'hole' | 'other epoch';

// One log: everything of it in the range (start, seq].
//
// Invariants: messages are sorted, each seq at most once; seq never goes down within an epoch;
// history only extends the range downwards, entries only upwards.
export class Log {
  seq: number;
  epoch: string;
  start: number;
  loaded: boolean;
  historyAsked = false;
  // A subscribe is under way: until its "subscribed" the log may be behind its head.
  replaying = false;
  // Live entries that overtook the replay, kept until it is over.
  private heldBack: EntryFrame[] = [];
  private messages: Message[] = [];
  private gaps: LogGap[] = [];
  // Removed, and not fetched yet: history that was read before the removal still has their text.
  private readonly removedUnseen = new Set<number>();
  private epochUnknown = false;
  private cachedView: LogView | null = null;

  constructor(
    readonly id: LogId,
    position: Position,
  ) {
    this.epoch = position.epoch;
    this.seq = position.seq;
    this.start = position.seq;
    this.loaded = position.seq === 0;
  }

  // What an entry at this position is to us. Only a new one may be passed to advance() and add().
  judge(entry: Position): Verdict {
    if (this.epochUnknown) return 'new';
    if (entry.epoch !== this.epoch) return 'other epoch';
    if (entry.seq <= this.seq) return 'duplicate';
    return entry.seq === this.seq + 1 ? 'new' : 'hole';
  }

  advance(to: Position): void {
    if (!this.epochUnknown && to.epoch !== this.epoch) return;
    this.epochUnknown = false;
    this.epoch = to.epoch;
    this.seq = Math.max(this.seq, to.seq);
    this.cachedView = null;
  }

  add(message: Message): void {
    this.messages.push(message);
    this.cachedView = null;
  }

  remove(seq: number): void {
    const index = this.messages.findIndex((message) => message.seq === seq);
    const message = this.messages[index];
    if (message) this.messages[index] = blanked(message);
    else if (seq <= this.start) this.removedUnseen.add(seq);
    this.cachedView = null;
  }

  holdBack(frame: EntryFrame): void {
    this.heldBack.push(frame);
  }

  releaseHeldBack(): EntryFrame[] {
    const released = this.heldBack.sort((a, b) => a.payload.seq - b.payload.seq);
    this.heldBack = [];
    return released;
  }

  // The entries of this range cannot be had. With another epoch, all that we have is of a history
  // that no longer exists; the epoch is then that of the next entry.
  skip(gap: GapPayload): void {
    this.cachedView = null;
    if (gap.reason === 'epoch') {
      this.messages = [];
      this.gaps = [];
      this.removedUnseen.clear();
      this.seq = this.start = Math.max(0, gap.to || 0);
      this.loaded = true;
      this.historyAsked = false;
      this.epochUnknown = true;
      return;
    }
    this.gaps.push({ from: gap.from, to: gap.to, reason: gap.reason });
    this.seq = Math.max(this.seq, gap.to);
  }

  addHistory(page: HistoryPayload): void {
    this.historyAsked = false;
    this.cachedView = null;
    if (page.epoch !== this.epoch) return;
    const older = page.messages
      .map(messageOf)
      .filter((message) => message.seq <= this.start)
      .map((message) => (this.removedUnseen.delete(message.seq) ? blanked(message) : message));
    const oldest = older[0];
    this.messages = [...older, ...this.messages];
    this.start = page.has_more && oldest ? oldest.seq - 1 : 0;
    this.loaded = true;
  }

  view(): LogView {
    this.cachedView ??= {
      id: this.id,
      epoch: this.epoch,
      seq: this.seq,
      messages: [...this.messages],
      gaps: [...this.gaps],
      loaded: this.loaded,
      start: this.start,
      loadingOlder: this.historyAsked,
    };
    return this.cachedView;
  }

  askHistory(): void {
    this.historyAsked = true;
    this.cachedView = null;
  }

  historyRefused(canBeAskedAgain: boolean): void {
    this.historyAsked = false;
    this.cachedView = null;
    if (canBeAskedAgain) return;
    this.start = 0;
    this.loaded = true;
  }
}

function blanked(message: Message): Message {
  return { ...message, text: '', removed: true };
}
