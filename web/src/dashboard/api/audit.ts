import type { ApiClient } from './api-client';

export interface AuditRecord {
  readonly id: number;
  readonly at: string;
  readonly actor_id: string;
  readonly actor_username: string;
  readonly address: string;
  readonly action: string;
  readonly target: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

export interface AuditSearch {
  actorId?: string;
  // An action, or a beginning with its dot: `channel.`
  action?: string;
  limit?: number;
  // The id of the last record of the page before.
  beforeId?: number;
}

export interface AuditPage {
  readonly records: AuditRecord[];
  readonly has_more: boolean;
}

export const AUDIT_ACTIONS = [
  'channel.create',
  'channel.update',
  'channel.reorder',
  'channel.archive',
  'channel.purge',
  'channel.restore',
  'limits.update',
  'message.remove',
  'user.ban',
  'user.pardon',
  'user.mute',
  'user.unmute',
  'account.add',
  'account.role',
  'account.disable',
  'account.enable',
  'account.reset_link',
  'account.invite',
  'account.revoke_invitation',
] as const;

// The newest first.
export function readAuditLog(
  api: ApiClient,
  search: AuditSearch = {},
  signal?: AbortSignal,
): Promise<AuditPage> {
  const { actorId, action, limit, beforeId } = search;
  const query = {
    actor_id: actorId || undefined,
    action: action || undefined,
    limit,
    before_id: beforeId,
  };
  return api.get('/audit', { query, signal });
}
