import { describe, expect, it } from 'vitest';
import { moved, type Step } from './order';
import { slowModeChoices, slowModeText } from './slow-mode';

const channels = [1, 2, 3].map((id) => ({
  id,
  name: `c${id}`,
  description: '',
  readOnly: false,
  staffOnly: false,
  isPrivate: false,
  slowModeSeconds: 0,
}));

function after(index: number, step: Step) {
  const result = moved(channels, index, step);
  return result && { ids: result.channels.map(({ id }) => id), beforeId: result.beforeId };
}

describe('a step in the order', () => {
  it('puts a channel before its neighbour', () => {
    expect(after(1, 'up')).toEqual({ ids: [2, 1, 3], beforeId: 1 });
    expect(after(0, 'down')).toEqual({ ids: [2, 1, 3], beforeId: 3 });
  });

  it('puts a channel at the end', () => {
    expect(after(1, 'down')).toEqual({ ids: [1, 3, 2], beforeId: null });
  });

  it('does not lead out of the list', () => {
    expect(after(0, 'up')).toBeNull();
    expect(after(2, 'down')).toBeNull();
    expect(after(3, 'up')).toBeNull();
  });
});

describe('slow mode', () => {
  it('is put into words', () => {
    expect([0, 5, 30, 60, 900, 3_600, 21_600, 90].map(slowModeText)).toEqual([
      'Off',
      '5 s',
      '30 s',
      '1 min',
      '15 min',
      '1 h',
      '6 h',
      '90 s',
    ]);
  });

  it('keeps a value that another program has set among the choices', () => {
    const labels = slowModeChoices(90).map(({ label }) => label);
    expect(labels).toEqual([
      'Off',
      '5 s',
      '10 s',
      '30 s',
      '1 min',
      '90 s',
      '5 min',
      '15 min',
      '1 h',
      '6 h',
    ]);
    expect(slowModeChoices(30)).toHaveLength(9);
  });
});
