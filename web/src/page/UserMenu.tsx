import {
  ActionIcon,
  Menu,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import type { Session } from '../connection/chat';
import { isStaff } from '../connection/roles';
import { Avatar } from './Avatar';
import { DashboardIcon, LeaveIcon, MoonIcon, PersonIcon, SunIcon } from './icons';
import classes from './UserMenu.module.css';

interface UserMenuProps {
  session: Session;
  accountUrl: string | null;
  onSignOut: () => void;
}

export function UserMenu({ session, accountUrl, onSignOut }: UserMenuProps) {
  const { user, roles } = session;
  return (
    <footer className={classes.footer}>
      <Menu position="top-start" width={230} shadow="md" withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={classes.user} data-testid="user-menu">
            <Avatar id={user.id} name={user.username} size={34} />
            <span className={classes.names}>
              <span className={classes.name}>{user.username}</span>
              <span className={classes.roles}>{roles.at(-1)}</span>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {isStaff(roles) && (
            <Menu.Item
              component="a"
              href="/admin"
              leftSection={<DashboardIcon size={16} />}
              data-testid="open-dashboard"
            >
              Dashboard
            </Menu.Item>
          )}
          {accountUrl && (
            <Menu.Item component="a" href={accountUrl} leftSection={<PersonIcon size={16} />}>
              Account and password
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<LeaveIcon size={16} />}
            onClick={onSignOut}
            data-testid="sign-out"
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ColorSchemeToggle />
    </footer>
  );
}

function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const system = useColorScheme();
  const shown = useComputedColorScheme(system);
  const other = shown === 'dark' ? 'light' : 'dark';
  // Back at what the system says, the page follows the system again.
  const toggle = () => setColorScheme(other === system ? 'auto' : other);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Use ${other} colours`}
      title={`Use ${other} colours`}
      onClick={toggle}
      className={classes.toggle}
    >
      {shown === 'dark' ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
  );
}
