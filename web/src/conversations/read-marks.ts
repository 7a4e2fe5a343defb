import type { LogId, Position } from '../connection/frames';
import type { LogView } from '../connection/log';
import type { ConversationKey } from './conversation';

type MarkKey = ConversationKey | 'inbox';

// How far each conversation was read on this device, kept in localStorage per server and user.
export class ReadMarks {
  private marks: ReadonlyMap<MarkKey, Position>;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly storage: Storage,
    private readonly name: string,
  ) {
    this.marks = this.load();
  }

  readonly getSnapshot = (): ReadonlyMap<MarkKey, Position> => this.marks;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    const fromOtherTab = (event: StorageEvent) => {
      if (event.key !== this.name) return;
      this.marks = this.load();
      listener();
    };
    addEventListener('storage', fromOtherTab);
    return () => {
      this.listeners.delete(listener);
      removeEventListener('storage', fromOtherTab);
    };
  };

  // The first look from this device: what is there already does not count as unread.
  begin(logs: ReadonlyMap<LogId, LogView>): void {
    if (this.marks.size > 0) return;
    const marks = [...logs.values()].map(({ id, epoch, seq }): [MarkKey, Position] => [
      id === 'inbox' ? 'inbox' : `channel:${id}`,
      { epoch, seq },
    ]);
    this.replace(new Map(marks));
  }

  mark(key: ConversationKey, { epoch, seq }: Position): void {
    const known = this.marks.get(key);
    if (known && known.epoch === epoch && known.seq >= seq) return;
    this.replace(new Map(this.marks).set(key, { epoch, seq }));
  }

  private replace(marks: ReadonlyMap<MarkKey, Position>): void {
    this.marks = marks;
    this.storage.setItem(this.name, JSON.stringify([...marks]));
    for (const listener of [...this.listeners]) listener();
  }

  private load(): ReadonlyMap<MarkKey, Position> {
    try {
      return new Map(JSON.parse(this.storage.getItem(this.name) ?? '[]'));
    } catch {
      return new Map();
    }
  }
}

// Up to which seq of its log the conversation was read.
export function readUpTo(
  marks: ReadonlyMap<MarkKey, Position>,
  key: ConversationKey,
  log: LogView,
): number {
  const own = marks.get(key);
  const candidates = log.id === 'inbox' ? [own, marks.get('inbox')] : [own];
  const known = candidates.filter((mark) => mark !== undefined);
  const current = known.filter((mark) => mark.epoch === log.epoch);
  // Marks of another epoch say nothing; then nothing is called unread.
  if (known.length > 0 && current.length === 0) return log.seq;
  return Math.max(0, ...current.map((mark) => mark.seq));
}
