// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../connection/test/fakes';
import { accessTokenSource } from './access-token';
import { CHAT, DASHBOARD } from './page-client';
import { singleFlight } from './single-flight';
import { TokenStore } from './token-store';
import { GrantRefused, type Tokens } from './tokens';

let clock: ManualClock;
let store: TokenStore;
let used: string[];
let answers: (Tokens | Error)[];

const tokens = (name: string, lifetimeMs = 300_000): Tokens => ({
  accessToken: `access ${name}`,
  refreshToken: `refresh ${name}`,
  idToken: `id ${name}`,
  expiresAt: clock.now() + lifetimeMs,
});

// Two of these are two tabs: they share the storage and nothing else.
function tab(name: string, locks?: LockManager) {
  return accessTokenSource({
    store,
    singleFlight: singleFlight({
      key: 'hubbub.refresh_lease',
      locks,
      storage: localStorage,
      clock,
      newName: () => name,
    }),
    refresh: async (refreshToken) => {
      used.push(refreshToken);
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock,
  });
}

async function outcome<T>(promise: Promise<T>): Promise<T | Error> {
  const settled = promise.catch((error: Error) => error);
  await clock.pass(5_000);
  return settled;
}

beforeEach(() => {
  localStorage.clear();
  clock = new ManualClock();
  store = new TokenStore(localStorage, CHAT);
  used = [];
  answers = [];
});

describe('the access token', () => {
  it('is used as long as it lasts', async () => {
    store.write(tokens('one'));
    expect(await tab('a')()).toBe('access one');
    expect(used).toEqual([]);
  });

  it('is refreshed when it is about to end, and the new refresh token is kept', async () => {
    store.write(tokens('one', 19_000));
    answers = [tokens('two')];
    expect(await outcome(tab('a')())).toBe('access two');
    expect(store.read()!.refreshToken).toBe('refresh two');
  });

  it('is refreshed when the server refused it', async () => {
    store.write(tokens('one'));
    answers = [tokens('two')];
    expect(await outcome(tab('a')('access one'))).toBe('access two');
  });

  it('keeps the refresh token of a provider that does not rotate', async () => {
    store.write(tokens('one', 0));
    answers = [{ ...tokens('two'), refreshToken: null, idToken: null }];
    await outcome(tab('a')());
    expect(store.read()).toMatchObject({ refreshToken: 'refresh one', idToken: 'id one' });
  });

  it('needs a new sign-in when the refresh token is refused', async () => {
    store.write(tokens('one', 0));
    answers = [new GrantRefused('gone')];
    expect(await outcome(tab('a')())).toBeNull();
    expect(store.read()).toBeNull();
  });

  it('survives a lost network', async () => {
    store.write(tokens('one', 0));
    answers = [new TypeError('network')];
    expect(await outcome(tab('a')())).toBeInstanceOf(TypeError);
    expect(store.read()).not.toBeNull();
  });
});

describe('chat and dashboard', () => {
  it('keep their tokens apart', () => {
    const dashboard = new TokenStore(localStorage, DASHBOARD);
    store.write(tokens('chat'));
    expect(dashboard.read()).toBeNull();
    dashboard.write(tokens('dashboard'));
    dashboard.clear();
    expect(store.read()).toMatchObject({ accessToken: 'access chat' });
  });
});

describe('several tabs', () => {
  it('use a refresh token once between them', async () => {
    store.write(tokens('one', 0));
    answers = [tokens('two'), tokens('three')];
    const both = Promise.all([tab('a')(), tab('b')()]);
    await clock.pass(10_000);
    expect(await both).toEqual(['access two', 'access two']);
    expect(used).toEqual(['refresh one']);
  });

  it('forgive each other when the tokens of one arrive late', async () => {
    store.write(tokens('one', 0));
    answers = [new GrantRefused('used already')];
    const token = tab('a')();
    await clock.pass(300);
    store.write(tokens('two'));
    expect(await outcome(token)).toBe('access two');
    expect(store.read()!.accessToken).toBe('access two');
  });

  it('are not held up for ever by one that was closed meanwhile', async () => {
    store.write(tokens('one', 0));
    localStorage.setItem('hubbub.refresh_lease', `${clock.now() + 15_000} closed`);
    answers = [tokens('two')];
    let token: string | null = null;
    void tab('a')().then((value) => (token = value));
    await clock.pass(14_000);
    expect(token).toBeNull();
    await clock.pass(2_000);
    expect(token).toBe('access two');
  });

  it('use Web Locks where they exist', async () => {
    const asked: string[] = [];
    const locks = {
      request: async (name: string, run: () => Promise<unknown>) => {
        asked.push(name);
        return run();
      },
    } as unknown as LockManager;
    store.write(tokens('one', 0));
    answers = [tokens('two')];
    expect(await outcome(tab('a', locks)())).toBe('access two');
    expect(asked).toHaveLength(1);
  });
});
