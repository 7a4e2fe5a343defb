import { momentText } from '../shell/formats';

// What an act changed, member by member.
export interface Difference {
  readonly member: string;
  // Null: there was none, as of what was made.
  readonly before: string | null;
  // Null: there is none any more.
  readonly after: string | null;
}

type State = Record<string, unknown> | null;

// Ids of people say nothing to a reader; the record links to them by name.
const HIDDEN = new Set(['user_id', 'author_id']);

// RFC 3339 in UTC, as the server writes all times.
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export function differencesOf(before: State, after: State): Difference[] {
  const members = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...members]
    .filter((member) => !HIDDEN.has(member))
    .map((member) => ({
      member: member.replaceAll('_', ' '),
      before: textOf(before?.[member]),
      after: textOf(after?.[member]),
    }))
    .filter((difference) => difference.before !== difference.after);
}

// The person that the act was about, where it names one.
export function personIn(before: State, after: State): string | null {
  const id = after?.user_id ?? before?.user_id;
  return typeof id === 'string' && id !== '' ? id : null;
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    if (value === '') return 'empty';
    return MOMENT.test(value) ? momentText(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => textOf(item) ?? 'none').join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
