import { describe, expect, it } from 'vitest';
import { optionsFor } from './picked-person';

const ALICE = { id: 'a', username: 'alice' };
const BOB = { id: 'b', username: 'bob' };
const UUID = '6c84fb90-12c4-11e1-840d-7b25c5ee775a';

describe('who can be picked', () => {
  it('is who was found, with the one who is picked already', () => {
    expect(optionsFor([BOB], 'b', null)).toEqual([BOB]);
    expect(optionsFor([BOB], 'b', ALICE)).toEqual([ALICE, BOB]);
    expect(optionsFor([ALICE, BOB], '', ALICE)).toEqual([ALICE, BOB]);
  });

  it('may be an id, where nobody has such a name', () => {
    expect(optionsFor([], UUID, null)).toEqual([{ id: UUID, username: `Id ${UUID}` }]);
    expect(optionsFor([BOB], UUID, null)).toEqual([BOB]);
    expect(optionsFor([], 'nobody', null)).toEqual([]);
  });
});
