import type { GetToken } from '../../connection/connection';
import { ApiError, refusalOf, signedOut, unreachable } from './api-error';

type QueryValue = string | number | boolean | null | undefined;

export interface ApiRequest {
  // Left out: null and undefined. An array is repeated.
  query?: Record<string, QueryValue | readonly QueryValue[]>;
  body?: object;
  signal?: AbortSignal;
}

export interface ApiClientOptions {
  origin: string;
  getToken: GetToken;
  fetch: typeof fetch;
  // No token can be had any more: the user has to sign in.
  onSignedOut: () => void;
}

// Sends requests in the name of the signed-in user. Every failure is an ApiError, except that of an
// aborted request, which rejects as fetch does.
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  get<T>(path: string, request?: ApiRequest): Promise<T> {
    return this.send('GET', path, request);
  }

  post<T>(path: string, request?: ApiRequest): Promise<T> {
    return this.send('POST', path, request);
  }

  patch<T>(path: string, request?: ApiRequest): Promise<T> {
    return this.send('PATCH', path, request);
  }

  delete<T>(path: string, request?: ApiRequest): Promise<T> {
    return this.send('DELETE', path, request);
  }

  private async send<T>(method: string, path: string, request: ApiRequest = {}): Promise<T> {
    const token = await this.token();
    const answer = await this.attempt(method, path, request, token);
    const refusal = answer.ok ? null : await refusalOf(answer);
    if (!refusal) return bodyOf<T>(answer);
    if (refusal.status !== 401 || refusal.code === 'banned') throw refusal;
    // Ended early, or by a clock that disagrees: once more, with a fresh one.
    const fresh = await this.token(token);
    const second = await this.attempt(method, path, request, fresh);
    if (!second.ok) throw await refusalOf(second);
    return bodyOf<T>(second);
  }

  private async token(refused?: string): Promise<string> {
    const token = await this.options.getToken(refused).catch(() => {
      throw unreachable();
    });
    if (token !== null) return token;
    this.options.onSignedOut();
    throw signedOut();
  }

  private async attempt(
    method: string,
    path: string,
    { query, body, signal }: ApiRequest,
    token: string,
  ): Promise<Response> {
    const headers: Record<string, string> = {
      accept: 'application/json, application/problem+json',
      authorization: `Bearer ${token}`,
    };
    if (body) headers['content-type'] = 'application/json';
    try {
      return await this.options.fetch(urlOf(this.options.origin, path, query), {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: 'no-store',
        signal,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable();
    }
  }
}

function urlOf(origin: string, path: string, query: ApiRequest['query'] = {}): string {
  const url = new URL(path, origin);
  for (const [name, given] of Object.entries(query)) {
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value !== null && value !== undefined) url.searchParams.append(name, String(value));
    }
  }
  return url.href;
}

async function bodyOf<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  try {
    return (await answer.json()) as T;
  } catch {
    throw new ApiError({
      status: answer.status,
      code: 'unreadable',
      detail: 'The server sent an answer that this page does not understand.',
    });
  }
}

// To the server that the page came from.
export function browserApiClient(getToken: GetToken, onSignedOut: () => void): ApiClient {
  return new ApiClient({
    origin: location.origin,
    getToken,
    fetch: (...request) => fetch(...request),
    onSignedOut,
  });
}
