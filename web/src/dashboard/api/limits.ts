import type { ApiClient } from './api-client';

// So many messages of one person in so many seconds, over all of their connections.
export interface RateLimit {
  readonly messageLimit: number;
  readonly windowSeconds: number;
}

interface LimitsAnswer {
  rate_limiter: { id: number; message_limit: number; window_seconds: number };
}

// There is one row of limits, and this is its id.
const LIMITS_ID = 1;

export async function readRateLimit(api: ApiClient, signal?: AbortSignal): Promise<RateLimit> {
  const { rate_limiter: row } = await api.get<LimitsAnswer>('/ratelimits', { signal });
  return { messageLimit: row.message_limit, windowSeconds: row.window_seconds };
}

export async function updateRateLimit(api: ApiClient, limit: RateLimit): Promise<void> {
  const body = {
    id: LIMITS_ID,
    message_limit: limit.messageLimit,
    window_seconds: limit.windowSeconds,
  };
  await api.patch('/ratelimits', { body });
}
