import { describe, expect, it } from 'vitest';
import { withSearch } from './search';

const changed = (search: string, change: Parameters<typeof withSearch>[1]) =>
  withSearch(new URLSearchParams(search), change);

describe('filters in the address', () => {
  it('are set, replaced and taken out one by one', () => {
    expect(changed('', { words: 'two words' })).toBe('?words=two+words');
    expect(changed('words=a&author=7', { words: 'b' })).toBe('?author=7&words=b');
    expect(changed('words=a&author=7', { words: '' })).toBe('?author=7');
    expect(changed('words=a', { words: null })).toBe('');
  });

  it('may have several values', () => {
    const two = { channel: ['b', 'c'] };
    expect(changed('channel=a&words=x', two)).toBe('?words=x&channel=b&channel=c');
    expect(changed('channel=a&channel=b', { channel: [] })).toBe('');
  });
});
