import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error';
import { changeOf, checkChannel, fieldErrorsOf, formValuesOf, NEW_CHANNEL } from './channel-form';

const channel = {
  id: 3,
  name: 'music',
  description: 'Songs',
  readOnly: false,
  staffOnly: false,
  isPrivate: false,
  slowModeSeconds: 0,
};

describe('the form of a channel', () => {
  it('wants a name of 1 to 24 characters', () => {
    const errorOf = (name: string) => checkChannel({ ...NEW_CHANNEL, name }).name;
    expect(errorOf('a')).toBeUndefined();
    expect(errorOf('   ')).toBe('A channel needs a name.');
    expect(errorOf('x'.repeat(24))).toBeUndefined();
    expect(errorOf('x'.repeat(25))).toBe('A name has at most 24 characters.');
  });

  it('counts characters as the server does', () => {
    expect(checkChannel({ ...NEW_CHANNEL, name: '🎵'.repeat(24) })).toEqual({});
  });

  it('takes 512 characters of description', () => {
    const errorsOf = (length: number) =>
      checkChannel({ ...NEW_CHANNEL, name: 'a', description: 'x'.repeat(length) });
    expect(errorsOf(512)).toEqual({});
    expect(errorsOf(513).description).toBe('A description has at most 512 characters.');
  });

  it('sends only what was changed', () => {
    const values = formValuesOf(channel);
    expect(changeOf(channel, values)).toBeNull();
    expect(changeOf(channel, { ...values, name: ' music ' })).toBeNull();
    expect(changeOf(channel, { ...values, readOnly: true, slowModeSeconds: 30 })).toEqual({
      readOnly: true,
      slowModeSeconds: 30,
    });
    expect(changeOf(channel, { ...values, description: '' })).toEqual({ description: '' });
    expect(changeOf(channel, { ...values, isPrivate: true })).toEqual({ isPrivate: true });
  });
});

describe('a refused channel', () => {
  const refused = (code: string, field?: string) =>
    fieldErrorsOf(new ApiError({ status: 400, code, detail: 'Why.', field }));

  it('is explained at the field', () => {
    expect(refused('invalid', 'slow_mode_seconds')).toEqual({ slowModeSeconds: 'Why.' });
    expect(refused('invalid', 'private')).toEqual({ isPrivate: 'Why.' });
    expect(refused('conflict')).toEqual({ name: 'Another channel has this name.' });
  });

  it('is explained as a whole where no field of the form is to blame', () => {
    expect(refused('forbidden')).toBeNull();
    expect(refused('invalid', 'id')).toBeNull();
    expect(fieldErrorsOf(new TypeError())).toBeNull();
  });
});
