// docs/roles.md: a role includes those before it.
export function isStaff(roles: readonly string[]): boolean {
  return roles.includes('moderator') || isAdmin(roles);
}

export function isAdmin(roles: readonly string[]): boolean {
  return roles.includes('admin');
}
