import type { ApiClient } from './api-client';
import type { Ban, Mute } from './bans';
import type { Page } from './page';
import type { Role } from './role';

export interface FoundPerson {
  readonly id: string;
  readonly username: string;
  readonly is_banned: boolean;
  readonly role: Role;
  readonly last_seen: string;
}

export interface PeoplePage {
  readonly users: FoundPerson[];
  readonly has_more: boolean;
}

export interface Profile {
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly role: Role;
    readonly first_seen: string;
    readonly last_seen: string;
    readonly is_banned: boolean;
    readonly is_online: boolean;
    readonly connections: number;
    readonly message_count: number;
  };
  readonly bans: Ban[];
  readonly mutes: Mute[];
  // Null with another identity provider.
  readonly account: {
    readonly roles: string[];
    readonly disabled: boolean;
    readonly created_at: string;
  } | null;
}

// By username; '' finds everyone.
export async function findPeople(
  api: ApiClient,
  search: string,
  page: Page = {},
  signal?: AbortSignal,
): Promise<PeoplePage> {
  // `search`, empty or not, is what chooses this form of the answer.
  const query = { search, ...page };
  const { payload } = await api.get<{ payload: PeoplePage }>('/users', { query, signal });
  return payload;
}

export function readProfile(api: ApiClient, id: string, signal?: AbortSignal): Promise<Profile> {
  return api.get('/users/profile', { query: { id }, signal });
}
