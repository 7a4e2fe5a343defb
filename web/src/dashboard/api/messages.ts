import type { ApiClient } from './api-client';

export interface FoundMessage {
  readonly id: number;
  readonly owner_id: string;
  readonly username: string;
  readonly channel: string;
  readonly message: string;
  readonly authored_at: string;
}

export interface MessageSearch {
  keyword?: string;
  // Names; none: all channels.
  channels?: readonly string[];
  userId?: string;
  limit?: number;
  offset?: number;
  // The id of the last message of the page before.
  beforeId?: number;
}

export interface MessagePage {
  readonly messages: FoundMessage[];
  readonly has_more: boolean;
}

// The newest first.
export async function searchMessages(
  api: ApiClient,
  search: MessageSearch,
  signal?: AbortSignal,
): Promise<MessagePage> {
  const query = {
    keyword: search.keyword || undefined,
    channel: search.channels,
    user_id: search.userId || undefined,
    limit: search.limit,
    offset: search.offset,
    before_id: search.beforeId,
  };
  const { payload } = await api.get<{ payload: MessagePage }>('/messages', { query, signal });
  return payload;
}

export const REMOVED_MESSAGES_MAX = 500;

export async function removeMessages(api: ApiClient, ids: readonly number[]): Promise<void> {
  await api.delete('/messages', { body: { ids } });
}
