import type { ApiClient } from './api-client';
import type { Role } from './role';

// Built-in accounts. With another identity provider all of these are refused with 404.

export interface Invitation {
  readonly code: string;
  readonly url: string;
  readonly role?: Role;
  readonly uses_left: number;
  readonly expires_at?: string;
  readonly created_by: string;
  readonly created_at: string;
}

export async function changeRole(api: ApiClient, id: string, role: Role): Promise<void> {
  await api.patch('/accounts', { body: { id, role } });
}

export async function setDisabled(api: ApiClient, id: string, disabled: boolean): Promise<void> {
  await api.patch('/accounts', { body: { id, disabled } });
}

// The link that sets a new password; whoever has it, has the account.
export function createResetLink(
  api: ApiClient,
  id: string,
): Promise<{ url: string; expires_in_seconds: number }> {
  return api.post('/accounts/reset', { body: { id } });
}

export async function listInvitations(api: ApiClient, signal?: AbortSignal): Promise<Invitation[]> {
  const { invitations } = await api.get<{ invitations: Invitation[] }>('/accounts/invitations', {
    signal,
  });
  return invitations;
}

export function createInvitation(
  api: ApiClient,
  invitation: { uses?: number; days?: number } = {},
): Promise<{ url: string; code: string }> {
  return api.post('/accounts/invitations', { body: { ...invitation } });
}

export async function revokeInvitation(api: ApiClient, code: string): Promise<void> {
  await api.delete('/accounts/invitations', { query: { code } });
}
