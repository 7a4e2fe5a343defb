import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from './api-client';
import { ApiError } from './api-error';
import { findPeople } from './people';
import { searchMessages } from './messages';
import { moveChannel, updateChannel } from './channels';

interface Request {
  method: string;
  url: URL;
  token: string | null;
  body: unknown;
}

let requests: Request[];
let answers: (Response | Error)[];
let tokens: (string | null | Error)[];
let refusedTokens: (string | undefined)[];
let signedOut: number;
let api: ApiClient;

const problem = (status: number, members: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ title: 'Title', status, ...members }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
const plain = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
  new Response(text, { status, headers: { 'content-type': type } });
const fine = (value: object = {}) => Response.json(value);

const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`no ApiError but ${String(error)}`);
  return error;
};

beforeEach(() => {
  requests = [];
  answers = [];
  tokens = [];
  refusedTokens = [];
  signedOut = 0;
  api = new ApiClient({
    origin: 'http://chat.example',
    getToken: async (refused) => {
      refusedTokens.push(refused);
      const token = tokens.length > 0 ? tokens.shift()! : 'good';
      if (token instanceof Error) throw token;
      return token;
    },
    fetch: async (input, init) => {
      if (init?.signal?.aborted) throw init.signal.reason;
      requests.push({
        method: init?.method ?? 'GET',
        url: new URL(String(input)),
        token: new Headers(init?.headers).get('authorization'),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
      });
      const answer = answers.shift() ?? fine();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onSignedOut: () => (signedOut += 1),
  });
});

describe('a refusal', () => {
  it('says what problem details say', async () => {
    const members = { code: 'invalid', detail: 'The name is too long.', field: 'name' };
    answers = [problem(400, members)];
    expect(await failure(api.post('/channels'))).toMatchObject({
      status: 400,
      code: 'invalid',
      detail: 'The name is too long.',
      field: 'name',
      retryAfterMs: null,
    });
  });

  it('says how long to wait, by its member or by its header', async () => {
    answers = [problem(429, { code: 'rate_limited', retry_after_ms: 1_500 })];
    expect((await failure(api.get('/channels'))).retryAfterMs).toBe(1_500);
    answers = [problem(503, { code: 'overloaded' }, { 'retry-after': '3' })];
    expect((await failure(api.get('/channels'))).retryAfterMs).toBe(3_000);
  });

  it('in plain text is its own sentence', async () => {
    answers = [plain(404, '404 page not found\n')];
    expect(await failure(api.get('/audit'))).toMatchObject({
      status: 404,
      code: 'http_404',
      detail: '404 page not found',
      field: null,
    });
  });

  it('does not show the page of a proxy', async () => {
    answers = [plain(502, '<html>Bad Gateway</html>', 'text/html')];
    expect((await failure(api.get('/channels'))).detail).toBe('The server answered 502.');
  });

  it('survives JSON that is none, and an answer that is none', async () => {
    answers = [plain(500, '{', 'application/json')];
    expect((await failure(api.get('/channels'))).code).toBe('http_500');
    answers = [plain(200, '<html>', 'text/html')];
    expect((await failure(api.get('/channels'))).code).toBe('unreadable');
  });
});

describe('without an answer', () => {
  it('the server is unreachable', async () => {
    answers = [new TypeError('network')];
    expect(await failure(api.get('/channels'))).toMatchObject({ status: 0, code: 'unreachable' });
  });

  it('so it is when no token can be had just now', async () => {
    tokens = [new TypeError('network')];
    expect((await failure(api.get('/channels'))).code).toBe('unreachable');
    expect(signedOut).toBe(0);
  });

  it('an aborted request is no failure of the server', async () => {
    const controller = new AbortController();
    controller.abort();
    const { signal } = controller;
    await expect(api.get('/channels', { signal })).rejects.toBe(signal.reason);
  });
});

describe('a refused token', () => {
  it('is replaced by a fresh one, once', async () => {
    tokens = ['old', 'new'];
    answers = [problem(401, { code: 'unauthorized' }), fine({ channels: [] })];
    expect(await api.get('/channels')).toEqual({ channels: [] });
    expect(refusedTokens).toEqual([undefined, 'old']);
    expect(requests.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new']);

    answers = [problem(401, { code: 'unauthorized' }), problem(401, { code: 'unauthorized' })];
    expect((await failure(api.get('/channels'))).code).toBe('unauthorized');
    expect(requests).toHaveLength(4);
  });

  it('of a banned person is not', async () => {
    answers = [problem(401, { code: 'banned' })];
    expect((await failure(api.get('/channels'))).code).toBe('banned');
    expect(requests).toHaveLength(1);
  });

  it('ends the session where there is no other', async () => {
    tokens = ['old', null];
    answers = [problem(401, { code: 'unauthorized' })];
    expect((await failure(api.get('/channels'))).code).toBe('signed_out');
    expect(signedOut).toBe(1);
  });
});

describe('a request', () => {
  it('leaves out what was not asked for, and repeats what is several', async () => {
    answers = [fine({ payload: { messages: [], has_more: false } })];
    await searchMessages(api, { keyword: '', channels: ['a b', 'c'], limit: 50 });
    expect(requests[0]!.url.search).toBe('?channel=a+b&channel=c&limit=50');
  });

  it('for people carries even an empty search', async () => {
    answers = [fine({ payload: { users: [], has_more: false } })];
    await findPeople(api, '');
    expect(requests[0]!.url.search).toBe('?search=');
  });

  it('changes only the members that it names', async () => {
    await updateChannel(api, 3, { readOnly: true });
    expect(requests[0]).toMatchObject({ method: 'PATCH', body: { id: 3, read_only: true } });
    expect(Object.keys(requests[0]!.body as object)).toEqual(['id', 'read_only']);
  });

  it('moves a channel to the end by naming none before which it is', async () => {
    await moveChannel(api, 3, null);
    expect(requests[0]!.body).toEqual({ id: 3, before_id: 0 });
  });
});
