import type { ApiClient } from './api-client';

// What a channel is left without is there as '' or at its default.
export interface Channel {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly readOnly: boolean;
  readonly staffOnly: boolean;
  readonly isPrivate: boolean;
  readonly slowModeSeconds: number;
}

export interface ArchivedChannel {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly archivedAt: string;
  readonly messageCount: number;
}

export interface ChannelChange {
  name?: string;
  description?: string;
  readOnly?: boolean;
  staffOnly?: boolean;
  isPrivate?: boolean;
  slowModeSeconds?: number;
}

interface ChannelAnswer {
  id: number;
  name: string;
  description?: string;
  read_only?: boolean;
  staff_only?: boolean;
  private?: boolean;
  slow_mode_seconds?: number;
}

interface ArchivedAnswer {
  id: number;
  name: string;
  description?: string;
  archived_at: string;
  message_count: number;
}

// In display order.
export async function listChannels(api: ApiClient, signal?: AbortSignal): Promise<Channel[]> {
  const { channels } = await api.get<{ channels: ChannelAnswer[] }>('/channels', { signal });
  return channels.map((channel) => ({
    id: channel.id,
    name: channel.name,
    description: channel.description ?? '',
    readOnly: channel.read_only ?? false,
    staffOnly: channel.staff_only ?? false,
    isPrivate: channel.private ?? false,
    slowModeSeconds: channel.slow_mode_seconds ?? 0,
  }));
}

// The newest first.
export async function listArchivedChannels(
  api: ApiClient,
  signal?: AbortSignal,
): Promise<ArchivedChannel[]> {
  const query = { archived: 1 };
  const { channels } = await api.get<{ channels: ArchivedAnswer[] }>('/channels', {
    query,
    signal,
  });
  return channels.map((channel) => ({
    id: channel.id,
    name: channel.name,
    description: channel.description ?? '',
    archivedAt: channel.archived_at,
    messageCount: channel.message_count,
  }));
}

export async function createChannel(
  api: ApiClient,
  channel: { name: string; description: string },
): Promise<{ id: number }> {
  const { name, description } = channel;
  const body = description === '' ? { name } : { name, description };
  return api.post('/channels', { body });
}

export async function updateChannel(
  api: ApiClient,
  id: number,
  change: ChannelChange,
): Promise<void> {
  const body = {
    id,
    name: change.name,
    description: change.description,
    read_only: change.readOnly,
    staff_only: change.staffOnly,
    private: change.isPrivate,
    slow_mode_seconds: change.slowModeSeconds,
  };
  await api.patch('/channels', { body });
}

// The order knows no id 0: before it is at the end.
const AT_THE_END = 0;

export async function moveChannel(
  api: ApiClient,
  id: number,
  beforeId: number | null,
): Promise<void> {
  await api.patch('/channels', { body: { id, before_id: beforeId ?? AT_THE_END } });
}

export async function archiveChannel(api: ApiClient, id: number): Promise<void> {
  await api.delete('/channels', { query: { id, purge: 0 } });
}

// With all of its messages, for good.
export async function purgeChannel(api: ApiClient, id: number): Promise<void> {
  await api.delete('/channels', { query: { id, purge: 1 } });
}

export async function restoreChannel(api: ApiClient, id: number): Promise<void> {
  await api.patch('/channels', { body: { id, archived: false } });
}
