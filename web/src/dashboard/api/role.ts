// In ascending order; each includes those before it. docs/roles.md
export const ROLES = ['member', 'moderator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export function hasAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

// The highest of what `hello` lists.
export function roleOf(roles: readonly string[]): Role {
  return [...ROLES].reverse().find((role) => roles.includes(role)) ?? 'member';
}
