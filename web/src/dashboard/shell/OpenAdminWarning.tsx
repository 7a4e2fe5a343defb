import { Alert } from '@mantine/core';

export function OpenAdminWarning() {
  return (
    <Alert
      color="yellow"
      title="The old administrative routes are open without signing in"
      mb="lg"
      data-testid="open-admin-warning"
    >
      The setting <code>compat_open_admin</code> lets anyone at the addresses in{' '}
      <code>compat_open_admin_from</code> change channels, bans and limits, for the old dashboard.
      Turn it off as soon as that is no longer used.
    </Alert>
  );
}
