import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error';
import { checkLimit, limitErrorsOf, limitOf, limitText } from './limit-form';

describe('the form of the limit', () => {
  it('takes whole numbers within the server’s bounds', () => {
    expect(checkLimit({ messageLimit: 1, windowSeconds: 1 })).toEqual({});
    expect(checkLimit({ messageLimit: 1_000_000, windowSeconds: 86_400 })).toEqual({});
  });

  it.each([0, -1, 1.5, '', 1_000_001])('refuses %j messages', (messageLimit) => {
    expect(checkLimit({ messageLimit, windowSeconds: 10 })).toHaveProperty('messageLimit');
  });

  it.each([0, 2.5, '', 86_401])('refuses %j seconds', (windowSeconds) => {
    expect(checkLimit({ messageLimit: 10, windowSeconds })).toHaveProperty('windowSeconds');
  });

  it('understands what a field holds while it is typed into', () => {
    expect(limitOf({ messageLimit: '20', windowSeconds: 10 })).toEqual({
      messageLimit: 20,
      windowSeconds: 10,
    });
  });

  it('says in words what it means', () => {
    expect(limitText({ messageLimit: 20, windowSeconds: 10 })).toBe(
      '20 messages in 10 seconds per person',
    );
    expect(limitText({ messageLimit: 1, windowSeconds: 1 })).toBe(
      '1 message in 1 second per person',
    );
    expect(limitText({ messageLimit: '', windowSeconds: 1 })).toBeNull();
  });
});

describe('a refused limit', () => {
  const refused = (field?: string) =>
    limitErrorsOf(new ApiError({ status: 400, code: 'invalid', detail: 'Why.', field }));

  it('is explained at the field, where one is to blame', () => {
    expect(refused('window_seconds')).toEqual({ windowSeconds: 'Why.' });
    expect(refused()).toBeNull();
    expect(refused('id')).toBeNull();
  });
});
