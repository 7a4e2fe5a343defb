import { describe, expect, it } from 'vitest';
import { ApiError, unreachable } from '../api/api-error';
import { reasonOf } from './notify';

const refusal = (status: number, code: string, detail: string, retryAfterMs?: number) =>
  new ApiError({ status, code, detail, retryAfterMs });

describe('the reason of a failure', () => {
  it('is what the server says', () => {
    expect(reasonOf(refusal(409, 'conflict', 'This name is taken.'))).toBe('This name is taken.');
    expect(reasonOf(unreachable())).toBe('The server cannot be reached.');
  });

  it('says how long to wait where that is known', () => {
    const busy = refusal(503, 'overloaded', 'The server is busy; try again.', 1_200);
    expect(reasonOf(busy)).toBe('The server is busy; try again. Try again in 2 s.');
  });

  it('puts a route that is not there into words', () => {
    const missing = 'The server does not have this function.';
    expect(reasonOf(refusal(404, 'not_found', '404 page not found'))).toBe(missing);
    expect(reasonOf(refusal(405, 'method_not_allowed', 'Method Not Allowed'))).toBe(missing);
    expect(reasonOf(refusal(404, 'unknown_user', 'There is no such person.'))).toBe(
      'There is no such person.',
    );
  });

  it('does not show a mistake of ours as if it were the server’s', () => {
    expect(reasonOf(new TypeError('x is undefined'))).toBe(
      'Something went wrong in this page. Please reload it.',
    );
  });
});
