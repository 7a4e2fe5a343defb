import { describe, expect, it } from 'vitest';
import { amountOf, BAN_HOURS, MUTE_MINUTES, OWN_CHOICE } from './term';

const own = (text: string) => amountOf({ choice: OWN_CHOICE, own: text }, BAN_HOURS);

describe('the term of a ban', () => {
  it('is one of those offered', () => {
    const amounts = BAN_HOURS.choices.map((_, index) =>
      amountOf({ choice: String(index), own: '' }, BAN_HOURS),
    );
    expect(amounts).toEqual([1, 24, 168, 720, undefined].map((amount) => ({ ok: true, amount })));
  });

  it.each(['1', '36', '876000'])('or %s hours', (text) => {
    expect(own(text)).toEqual({ ok: true, amount: Number(text) });
  });

  it.each(['', '0', '-1', '1.5', '876001', 'a day'])('but not "%s"', (text) => {
    expect(own(text)).toEqual({ ok: false, problem: 'A whole number of hours, 1 to 876,000.' });
  });
});

describe('the term of a mute', () => {
  it('is in minutes, a year at most', () => {
    expect(amountOf({ choice: '2', own: '' }, MUTE_MINUTES)).toEqual({ ok: true, amount: 1_440 });
    expect(amountOf({ choice: OWN_CHOICE, own: '525601' }, MUTE_MINUTES).ok).toBe(false);
  });
});
