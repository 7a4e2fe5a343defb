import { beforeEach, describe, expect, it } from 'vitest';
import { FigureHistory } from './figure-history';

let history: FigureHistory;

const START = Date.parse('2026-01-02T03:00:00Z');

const add = (second: number, connections = second) =>
  history.add({
    at: new Date(START + second * 1000).toISOString(),
    connections,
    users_online: 1,
    messages_per_second: 0.5,
    deliveries_per_second: 2,
    refused_per_second: 0,
    log_waiting: 0,
    memory_bytes: 1024,
  });
const seconds = () => history.list().map(({ at }) => (at - START) / 1000);

beforeEach(() => {
  history = new FigureHistory();
});

describe('the history of figures', () => {
  it('keeps the last 5 minutes, oldest first', () => {
    for (let second = 0; second <= 400; second += 1) add(second);
    expect(seconds()).toHaveLength(301);
    expect(seconds()[0]).toBe(100);
    expect(seconds().at(-1)).toBe(400);
  });

  it('forgets what a long silence left behind', () => {
    add(0);
    add(1);
    add(1_000);
    expect(seconds()).toEqual([1_000]);
  });

  it('holds one figure for each moment, the last one told', () => {
    add(5, 1);
    add(5, 2);
    expect(history.list().map(({ connections }) => connections)).toEqual([2]);
  });

  it('follows a clock that was set back', () => {
    add(10);
    add(20);
    add(12);
    expect(seconds()).toEqual([10, 12]);
  });

  it('passes over a time that it cannot read', () => {
    add(1);
    history.add({ ...({} as Parameters<FigureHistory['add']>[0]), at: 'now' });
    expect(seconds()).toEqual([1]);
  });

  it('is another list after each figure, so that it shows', () => {
    add(1);
    const before = history.list();
    add(2);
    expect(history.list()).not.toBe(before);
    expect(before).toHaveLength(1);
  });
});
