import type {
  Command,
  EntryFrame,
  EntryPayload,
  GapPayload,
  HelloPayload,
  HistoryPayload,
  LogId,
  Position,
} from './frames';
import { Log, type LogView } from './log';
import { messageOf, type Message } from './message';

const HISTORY_COUNT = 50;
// Conversations are found in the inbox, so of the inbox more is fetched at once.
const INBOX_HISTORY_COUNT = 200;
// A channel made while we were away is read from its beginning, unless that is long (an import).
const REPLAYED_FROM_START_MAX = 200;

export interface LogsEvents {
  send(command: Command): boolean;
  changed(): void;
  // Each message once, in the order of its log, however often it was sent to us. True if it is
  // one that this page was still sending.
  arrived(message: Message): boolean;
  // After a connection was lost and found: everything missed is here.
  caughtUp(missed: number): void;
}

// All logs that this user may read, and the position kept in each.
export class Logs {
  private readonly logs = new Map<LogId, Log>();
  private readonly awaited = new Set<LogId>();
  private missed = 0;

  constructor(private readonly events: LogsEvents) {}

  get catchingUp(): boolean {
    return this.awaited.size > 0;
  }

  // Whether the entry at this position has been read.
  has({ log, epoch, seq }: EntryPayload): boolean {
    const known = this.logs.get(log);
    return known !== undefined && known.epoch === epoch && known.seq >= seq;
  }

  views(): ReadonlyMap<LogId, LogView> {
    return new Map([...this.logs].map(([id, log]) => [id, log.view()]));
  }

  // The first hello gives the position to start from: history is what lies before it, subscribe
  // brings what lies after it, so nothing falls between the two. Later ones resume.
  resume(hello: HelloPayload, isReconnect: boolean): void {
    const heads: EntryPayload[] = [
      ...hello.channels.map(({ id, epoch, seq }) => ({ log: id, epoch, seq })),
      { log: 'inbox', ...hello.inbox },
    ];
    const readable = new Set(heads.map((head) => head.log));
    for (const id of this.logs.keys()) if (!readable.has(id)) this.logs.delete(id);
    this.awaited.clear();
    for (const head of heads) {
      if (this.logs.has(head.log)) this.subscribe(this.logs.get(head.log)!);
      else this.begin(head.log, head, isReconnect);
      if (isReconnect) this.awaited.add(head.log);
    }
    for (const log of this.logs.values()) if (log.historyAsked) this.requestHistory(log);
    this.load('inbox');
  }

  // A channel that we did not know: what is in it is news, unless this is the first look at all.
  begin(id: LogId, head: Position, isNews: boolean): void {
    const fromStart = isNews && head.seq <= REPLAYED_FROM_START_MAX;
    const log = new Log(id, fromStart ? { epoch: head.epoch, seq: 0 } : head);
    this.logs.set(id, log);
    this.subscribe(log);
    this.events.changed();
  }

  forget(id: LogId): void {
    this.logs.delete(id);
    this.answered(id);
    this.events.changed();
  }

  disconnected(): void {
    for (const log of this.logs.values()) {
      log.replaying = false;
      log.releaseHeldBack();
    }
  }

  // Fetches the newest messages, once.
  load(id: LogId): void {
    const log = this.logs.get(id);
    if (log && !log.loaded) this.loadOlder(id);
  }

  loadOlder(id: LogId): void {
    const log = this.logs.get(id);
    if (!log || log.historyAsked || log.start === 0) return;
    log.askHistory();
    this.requestHistory(log);
    this.events.changed();
  }

  entry(frame: EntryFrame): void {
    const log = this.logs.get(frame.payload.log);
    if (!log) return;
    const verdict = log.judge(frame.payload);
    if (verdict === 'new') this.apply(log, frame);
    else if (verdict === 'hole' && log.replaying) log.holdBack(frame);
    else if (verdict !== 'duplicate' && !log.replaying) this.subscribe(log);
  }

  // An entry of a kind that this page does not show: only its place counts.
  unknownEntry(position: EntryPayload): void {
    const log = this.logs.get(position.log);
    if (log?.judge(position) === 'new') log.advance(position);
  }

  gap(gap: GapPayload): void {
    this.logs.get(gap.log)?.skip(gap);
    this.events.changed();
  }

  subscribed(position: EntryPayload): void {
    const log = this.logs.get(position.log);
    if (log) {
      log.replaying = false;
      for (const frame of log.releaseHeldBack()) {
        if (frame.payload.epoch === log.epoch && frame.payload.seq > log.seq)
          this.apply(log, frame);
      }
      log.advance(position);
    }
    this.answered(position.log);
    this.events.changed();
  }

  history(page: HistoryPayload): void {
    this.logs.get(page.log)?.addHistory(page);
    this.events.changed();
  }

  // The safety net: whoever has seen less than the head, and is not being told, asks again.
  heartbeat(heads: EntryPayload[]): void {
    for (const head of heads) {
      const log = this.logs.get(head.log);
      if (!log || log.replaying) continue;
      if (head.epoch !== log.epoch || head.seq > log.seq) this.subscribe(log);
    }
  }

  historyRefused(id: LogId, canBeAskedAgain: boolean): void {
    this.logs.get(id)?.historyRefused(canBeAskedAgain);
    this.events.changed();
  }

  // The next heartbeat shows whether there is something to ask for again.
  subscribeRefused(id: LogId): void {
    const log = this.logs.get(id);
    if (log) log.replaying = false;
    this.answered(id);
    this.events.changed();
  }

  private apply(log: Log, frame: EntryFrame): void {
    log.advance(frame.payload);
    this.events.changed();
    if (frame.type === 'message_removed') {
      log.remove(frame.payload.removed_seq);
      return;
    }
    const message = messageOf(frame.payload);
    log.add(message);
    const isOurs = this.events.arrived(message);
    if (this.awaited.has(log.id) && !message.removed && !isOurs) this.missed += 1;
  }

  private subscribe(log: Log): void {
    log.replaying = true;
    this.events.send({ type: 'subscribe', log: log.id, since: { epoch: log.epoch, seq: log.seq } });
  }

  private requestHistory(log: Log): void {
    const limit = log.id === 'inbox' ? INBOX_HISTORY_COUNT : HISTORY_COUNT;
    this.events.send({ type: 'history', log: log.id, before: log.start + 1, limit });
  }

  private answered(id: LogId): void {
    if (!this.awaited.delete(id) || this.awaited.size > 0) return;
    const missed = this.missed;
    this.missed = 0;
    this.events.caughtUp(missed);
  }
}
