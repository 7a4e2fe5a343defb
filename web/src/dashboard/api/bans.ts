import type { ApiClient } from './api-client';
import type { Page } from './page';

export interface Ban {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_username: string;
  readonly banished_id: string;
  readonly banished_username: string;
  readonly reason?: string;
  readonly start: string;
  // Missing: permanent.
  readonly end?: string;
  readonly duration?: string;
  readonly pardoned: boolean;
}

export interface Mute {
  readonly id: number;
  readonly owner_id: string;
  readonly owner_username: string;
  readonly user_id: string;
  readonly username: string;
  // Both missing: everywhere.
  readonly channel_id?: number;
  readonly channel?: string;
  readonly reason?: string;
  readonly start: string;
  // Missing: until lifted.
  readonly end?: string;
  readonly lifted: boolean;
}

export interface RestrictionSearch extends Page {
  userId?: string;
  // Only those in force.
  active?: boolean;
}

export interface BanPage {
  readonly records: Ban[];
  readonly has_more: boolean;
}

export interface MutePage {
  readonly mutes: Mute[];
  readonly has_more: boolean;
}

// The newest first.
export async function listBans(
  api: ApiClient,
  search: RestrictionSearch = {},
  signal?: AbortSignal,
): Promise<BanPage> {
  const query = queryOf(search);
  const { payload } = await api.get<{ payload: BanPage }>('/users/bans', { query, signal });
  return payload;
}

export function listMutes(
  api: ApiClient,
  search: RestrictionSearch = {},
  signal?: AbortSignal,
): Promise<MutePage> {
  return api.get('/users/mutes', { query: queryOf(search), signal });
}

// Without hours for good.
export async function banPerson(
  api: ApiClient,
  ban: { userId: string; reason?: string; hours?: number },
): Promise<{ ban_id: string }> {
  const body = { banished_id: ban.userId, reason: ban.reason || undefined, duration: ban.hours };
  return api.post('/users/ban', { body });
}

export async function pardonBan(api: ApiClient, banId: string): Promise<void> {
  await api.delete('/users/ban', { query: { ban_id: banId } });
}

// Without a channel everywhere, without minutes until lifted.
export async function mutePerson(
  api: ApiClient,
  mute: { userId: string; channelId?: number; reason?: string; minutes?: number },
): Promise<{ mute_id: number }> {
  const body = {
    user_id: mute.userId,
    channel_id: mute.channelId,
    reason: mute.reason || undefined,
    duration_minutes: mute.minutes,
  };
  return api.post('/users/mute', { body });
}

export async function liftMute(api: ApiClient, muteId: number): Promise<void> {
  await api.delete('/users/mute', { query: { mute_id: muteId } });
}

function queryOf({ limit, offset, userId, active }: RestrictionSearch) {
  return { limit, offset, user_id: userId, active: active ? 1 : null };
}
