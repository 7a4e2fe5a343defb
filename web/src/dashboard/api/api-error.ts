// A request that did not do what it should: refused by the server (docs/api.md), or not answered.
export class ApiError extends Error {
  // 0: there was no answer.
  readonly status: number;
  // As the server names it; ours are `unreachable` and `signed_out`.
  readonly code: string;
  // A sentence for the person.
  readonly detail: string;
  // The member of the request that is to blame, where it is one.
  readonly field: string | null;
  readonly retryAfterMs: number | null;

  constructor(refusal: {
    status: number;
    code: string;
    detail: string;
    field?: string | null;
    retryAfterMs?: number | null;
  }) {
    super(refusal.detail);
    this.name = 'ApiError';
    this.status = refusal.status;
    this.code = refusal.code;
    this.detail = refusal.detail;
    this.field = refusal.field ?? null;
    this.retryAfterMs = refusal.retryAfterMs ?? null;
  }
}

// RFC 9457, with our members.
interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  field?: string;
  retry_after_ms?: number;
}

const DETAIL_LENGTH_MAX = 300;

// What a refusal says, in whichever of its forms: problem details, plain text, or the page of a
// proxy that stands in between.
export async function refusalOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const problem = problemOf(response, text);
  return new ApiError({
    status: response.status,
    code: problem.code ?? `http_${response.status}`,
    detail: problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
    field: problem.field,
    retryAfterMs: problem.retry_after_ms ?? retryAfterMs(response),
  });
}

export function unreachable(): ApiError {
  return new ApiError({
    status: 0,
    code: 'unreachable',
    detail: 'The server cannot be reached.',
  });
}

export function signedOut(): ApiError {
  return new ApiError({
    status: 401,
    code: 'signed_out',
    detail: 'Your session has ended. Please sign in again.',
  });
}

function problemOf(response: Response, text: string): Problem {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    try {
      return (JSON.parse(text) ?? {}) as Problem;
    } catch {
      return {};
    }
  }
  const sentence = text.trim();
  const isForPeople =
    type.startsWith('text/plain') && sentence !== '' && sentence.length <= DETAIL_LENGTH_MAX;
  return isForPeople ? { detail: sentence } : {};
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
