import { describe, expect, it } from 'vitest';
import { shownUnanswered, threadRows, type ShownMessage } from './thread-rows';

const NOON = new Date(2026, 4, 5, 12).getTime();
const MINUTE = 60_000;

function said(seq: number, author: string, at: number): ShownMessage {
  const key = `message ${seq}`;
  return {
    key,
    seq,
    messageId: seq,
    authorId: author,
    author,
    text: '',
    authoredAt: at,
    removed: false,
    unanswered: null,
  };
}

function drawn(messages: ShownMessage[], gaps = [] as never[], readSeq: number | null = null) {
  return threadRows(messages, gaps, readSeq, 'alice').map((row) => {
    if (row.kind !== 'message') return row.kind;
    return row.startsGroup ? `${row.message.author}:${row.message.seq}` : String(row.message.seq);
  });
}

describe('threadRows', () => {
  it('groups what one author says within five minutes', () => {
    const messages = [
      said(1, 'bob', NOON),
      said(2, 'bob', NOON + MINUTE),
      said(3, 'carol', NOON + 2 * MINUTE),
      said(4, 'carol', NOON + 8 * MINUTE),
    ];
    expect(drawn(messages)).toEqual(['day', 'bob:1', '2', 'carol:3', 'carol:4']);
  });

  it('separates days, and begins a group with each', () => {
    const lateNight = new Date(2026, 4, 5, 23, 59).getTime();
    const messages = [said(1, 'bob', lateNight), said(2, 'bob', lateNight + 2 * MINUTE)];
    expect(drawn(messages)).toEqual(['day', 'bob:1', 'day', 'bob:2']);
  });

  it('draws one line above the first unread message of somebody else', () => {
    const messages = [
      said(1, 'bob', NOON),
      said(2, 'alice', NOON),
      said(3, 'bob', NOON),
      said(4, 'bob', NOON),
    ];
    expect(drawn(messages, [], 1)).toEqual(['day', 'bob:1', 'alice:2', 'unread', 'bob:3', '4']);
  });

  it('shows where entries are missing', () => {
    const gap = { from: 2, to: 8, reason: 'retention' } as never;
    expect(drawn([said(1, 'bob', NOON), said(9, 'bob', NOON)], [gap])).toEqual([
      'day',
      'bob:1',
      'gap',
      'bob:9',
    ]);
  });

  it('gives a message the same key before and after it is acknowledged', () => {
    const message = {
      sendKey: 'k',
      to: { kind: 'channel', id: 1 },
      text: 'x',
      composedAt: NOON,
    } as const;
    const stored = {
      kind: 'acknowledged',
      log: 1,
      seq: 6,
      messageId: 9,
      authoredAt: NOON,
    } as const;
    const alice = { id: 'alice', username: 'alice' };
    const before = shownUnanswered({ ...message, state: { kind: 'pending' } }, alice);
    const after = shownUnanswered({ ...message, state: stored }, alice);
    expect(after.key).toBe(before.key);
    expect(before).toMatchObject({ seq: null, messageId: null, unanswered: { sendKey: 'k' } });
    expect(after).toMatchObject({ seq: 6, messageId: 9, unanswered: null });
  });
});
