import { lazy, type ComponentType } from 'react';
import { hasAtLeast, type Role } from '../api/role';

export interface PageProps {
  // What the path names, as a person's id in /admin/people/<id>; '' where it names nothing.
  id: string;
}

export interface Route {
  readonly path: string;
  readonly title: string;
  readonly leastRole: Role;
  // Whether more of the path follows, and names something.
  readonly takesId: boolean;
  readonly Page: ComponentType<PageProps>;
}

function route(
  path: string,
  title: string,
  leastRole: Role,
  load: () => Promise<ComponentType<PageProps>>,
): Route {
  const Page = lazy(async () => ({ default: await load() }));
  return { path, title, leastRole, takesId: path.endsWith('/'), Page };
}

// In the order of the navigation. Server and dashboard agree on who may see what: docs/roles.md.
export const ROUTES: readonly Route[] = [
  route('/admin', 'Overview', 'moderator', async () => {
    return (await import('../overview/OverviewPage')).OverviewPage;
  }),
  route('/admin/messages', 'Messages', 'moderator', async () => {
    return (await import('../messages/MessagesPage')).MessagesPage;
  }),
  route('/admin/people', 'People', 'moderator', async () => {
    return (await import('../people/PeoplePage')).PeoplePage;
  }),
  route('/admin/people/', 'Person', 'moderator', async () => {
    return (await import('../people/PersonPage')).PersonPage;
  }),
  route('/admin/bans', 'Bans', 'moderator', async () => {
    return (await import('../bans/BansPage')).BansPage;
  }),
  route('/admin/channels', 'Channels', 'admin', async () => {
    return (await import('../channels/ChannelsPage')).ChannelsPage;
  }),
  route('/admin/limits', 'Limits', 'admin', async () => {
    return (await import('../limits/LimitsPage')).LimitsPage;
  }),
  route('/admin/audit', 'Audit log', 'admin', async () => {
    return (await import('../audit/AuditPage')).AuditPage;
  }),
];

export function personPath(id: string): string {
  return `/admin/people/${encodeURIComponent(id)}`;
}

export interface Destination {
  readonly route: Route;
  readonly id: string;
}

// Null: there is no such page.
export function destinationOf(path: string): Destination | null {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const exact = ROUTES.find((route) => !route.takesId && route.path === plain);
  if (exact) return { route: exact, id: '' };
  const parent = ROUTES.find((route) => route.takesId && plain.startsWith(route.path));
  const id = parent && idOf(plain.slice(parent.path.length));
  return parent && id ? { route: parent, id } : null;
}

// What the navigation offers to someone of this role.
export function entriesFor(role: Role): Route[] {
  return ROUTES.filter((route) => !route.takesId && hasAtLeast(role, route.leastRole));
}

function idOf(encoded: string): string {
  try {
    return encoded.includes('/') ? '' : decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
