import { createContext, useContext } from 'react';
import type { User } from '../../connection/frames';
import type { ClientSettings } from '../../sign-in/client-settings';
import { hasAtLeast, type Role } from '../api/role';

// Who looks at the dashboard, and where.
export interface DashboardSession {
  readonly user: User;
  readonly role: Role;
  readonly settings: ClientSettings;
}

export const SessionContext = createContext<DashboardSession | null>(null);

export function useSession(): DashboardSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the dashboard');
  return session;
}

export function useHasRole(needed: Role): boolean {
  return hasAtLeast(useSession().role, needed);
}
