import type { ApiClient } from './api-client';

export interface SessionDay {
  // YYYY-MM-DD, a day of UTC.
  readonly session_date: string;
  readonly session_count: number;
  // HH:MM:SS[.ffffff]
  readonly total_duration: string;
}

export interface ChannelActivity {
  readonly channel: string;
  readonly message_count: number;
}

export interface PersonActivity {
  readonly user_id: string;
  readonly username: string;
  readonly session_count: number;
  readonly total_seconds: number;
}

export interface ConnectionActivity {
  readonly connections: number;
  readonly users_online: number;
  readonly days: readonly { readonly date: string; readonly peak: number }[];
}

export interface LimitedPerson {
  readonly user_id: string;
  readonly username: string;
  readonly refused: number;
  readonly last_refused_at: string;
}

// The last 7 days, ascending; of everyone, or of one person.
export async function readSessionDays(
  api: ApiClient,
  userId?: string,
  signal?: AbortSignal,
): Promise<SessionDay[]> {
  const { payload } = await api.get<{ payload: { session_activity: SessionDay[] } }>(
    '/activity/sessions',
    { query: { user_id: userId }, signal },
  );
  return payload.session_activity;
}

export async function readChannelActivity(
  api: ApiClient,
  signal?: AbortSignal,
): Promise<ChannelActivity[]> {
  const { payload } = await api.get<{ payload: { channels: ChannelActivity[] } }>(
    '/activity/channels',
    { signal },
  );
  return payload.channels;
}

// Most time first.
export async function readPersonActivity(
  api: ApiClient,
  search: { days?: number; limit?: number } = {},
  signal?: AbortSignal,
): Promise<PersonActivity[]> {
  const { users } = await api.get<{ users: PersonActivity[] }>('/activity/users', {
    query: { ...search },
    signal,
  });
  return users;
}

export function readConnectionActivity(
  api: ApiClient,
  days?: number,
  signal?: AbortSignal,
): Promise<ConnectionActivity> {
  return api.get('/activity/connections', { query: { days }, signal });
}

// Who was refused by the rate limit or slow mode since the server started, the latest first.
export async function readLimitedPeople(
  api: ApiClient,
  signal?: AbortSignal,
): Promise<LimitedPerson[]> {
  const { users } = await api.get<{ users: LimitedPerson[] }>('/activity/limits', { signal });
  return users;
}
