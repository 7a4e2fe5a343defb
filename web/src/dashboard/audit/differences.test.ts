import { describe, expect, it } from 'vitest';
import { momentText } from '../shell/formats';
import { differencesOf, personIn } from './differences';

describe('the differences that a record tells', () => {
  it('are those members whose value changed', () => {
    const before = { name: 'plans', slow_mode_seconds: 0, read_only: false };
    const after = { name: 'plans', slow_mode_seconds: 30, read_only: true };
    expect(differencesOf(before, after)).toEqual([
      { member: 'slow mode seconds', before: '0', after: '30' },
      { member: 'read only', before: 'no', after: 'yes' },
    ]);
  });

  it('are all members of what was made, and of what is gone', () => {
    const channel = { name: 'plans', description: '' };
    expect(differencesOf(null, channel)).toEqual([
      { member: 'name', before: null, after: 'plans' },
      { member: 'description', before: null, after: 'empty' },
    ]);
    expect(differencesOf({ role: 'admin' }, null)).toEqual([
      { member: 'role', before: 'admin', after: null },
    ]);
  });

  it('tell nothing from empty, and a value from its absence', () => {
    expect(differencesOf({ description: null }, { description: 'new' })).toEqual([
      { member: 'description', before: null, after: 'new' },
    ]);
    expect(differencesOf({ description: null }, {})).toEqual([]);
    expect(differencesOf({ count: 0 }, { count: null })).toEqual([
      { member: 'count', before: '0', after: null },
    ]);
  });

  it('show times in the zone of the reader, and lists in words', () => {
    const end = '2026-03-04T12:00:00.5Z';
    expect(differencesOf(null, { end, ids: [1, 2], more: { a: 1 } })).toEqual([
      { member: 'end', before: null, after: momentText(end) },
      { member: 'ids', before: null, after: '1, 2' },
      { member: 'more', before: null, after: '{"a":1}' },
    ]);
  });

  it('are none of a record without states', () => {
    expect(differencesOf(null, null)).toEqual([]);
  });

  it('leave the id of a person to the link', () => {
    const after = { ban_id: 7, user_id: 'b' };
    expect(differencesOf(null, after).map(({ member }) => member)).toEqual(['ban id']);
    expect(personIn(null, after)).toBe('b');
    expect(personIn({ user_id: 'c' }, null)).toBe('c');
    expect(personIn({ name: 'plans' }, null)).toBeNull();
  });
});
