import { Badge } from '@mantine/core';
import type { Role } from '../api/role';

export const ROLE_NAMES: Record<Role, string> = {
  member: 'Member',
  moderator: 'Moderator',
  admin: 'Administrator',
};

export function RoleBadge({ role }: { role: Role }) {
  return (
    <Badge variant={role === 'member' ? 'default' : 'light'} tt="none" miw="max-content">
      {ROLE_NAMES[role]}
    </Badge>
  );
}
