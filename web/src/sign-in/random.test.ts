// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { randomToken, randomUuid } from './random';

it('randomUuid makes version 4 UUIDs, each time another', () => {
  const uuids = Array.from({ length: 100 }, randomUuid);
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
  expect(new Set(uuids).size).toBe(100);
});

it('randomToken has 256 bits and needs no escaping in a URL', () => {
  expect(randomToken()).toMatch(/^[\w-]{43}$/);
});
