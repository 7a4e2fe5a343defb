import { describe, expect, it } from 'vitest';
import { invitationOf } from './invitation-form';

describe('a new invitation', () => {
  it('is for so many people and days', () => {
    expect(invitationOf('1', '7').invitation).toEqual({ uses: 1, days: 7 });
    expect(invitationOf('10000', '366').invitation).toEqual({ uses: 10_000, days: 366 });
  });

  it('without days has no end', () => {
    expect(invitationOf('5', ' ').invitation).toEqual({ uses: 5, days: undefined });
  });

  it.each(['', '0', '10001', '1.5', 'x'])('cannot be for "%s" people', (uses) => {
    expect(invitationOf(uses, '7')).toMatchObject({
      usesProblem: '1 to 10,000',
      daysProblem: null,
      invitation: null,
    });
  });

  it.each(['0', '367', 'x'])('cannot be good for "%s" days', (days) => {
    expect(invitationOf('1', days)).toMatchObject({
      usesProblem: null,
      daysProblem: '1 to 366, or empty',
      invitation: null,
    });
  });
});
