import { UnstyledButton } from '@mantine/core';
import type { ComponentType } from 'react';
import { Avatar } from '../../page/Avatar';
import { LeaveIcon, PersonIcon } from '../../page/icons';
import { Logo } from '../../page/Logo';
import type { Role } from '../api/role';
import { ColourSchemeChoice } from './ColourSchemeChoice';
import { ConnectionNote } from './ConnectionNote';
import {
  AuditIcon,
  BansIcon,
  ChannelsIcon,
  ChatIcon,
  LimitsIcon,
  MessagesIcon,
  OverviewIcon,
  PeopleIcon,
} from './icons';
import { linkTo } from './location';
import classes from './Navigation.module.css';
import { destinationOf, entriesFor } from './routes';
import { useSession } from './session';

const ICONS: Record<string, ComponentType> = {
  '/admin': OverviewIcon,
  '/admin/messages': MessagesIcon,
  '/admin/people': PeopleIcon,
  '/admin/bans': BansIcon,
  '/admin/channels': ChannelsIcon,
  '/admin/limits': LimitsIcon,
  '/admin/audit': AuditIcon,
};

const ROLE_NAMES: Record<Role, string> = {
  member: 'Member',
  moderator: 'Moderator',
  admin: 'Administrator',
};

interface NavigationProps {
  path: string;
  // An entry was chosen, perhaps that of the page which is open already.
  onChoose: () => void;
  onSignOut: () => void;
}

export function Navigation({ path, onChoose, onSignOut }: NavigationProps) {
  const { user, role, settings } = useSession();
  // A person's page belongs to People.
  const current = destinationOf(path)?.route.path.replace(/\/$/, '');
  return (
    <div className={classes.navigation}>
      <div className={classes.header}>
        <Logo size={26} />
        <span className={classes.server}>{settings.server_name}</span>
      </div>
      <nav className={classes.pages} aria-label="Dashboard">
        <ul className={classes.list}>
          {entriesFor(role).map((route) => {
            const Icon = ICONS[route.path];
            const { href, onClick } = linkTo(route.path);
            return (
              <li key={route.path}>
                <a
                  href={href}
                  onClick={(event) => {
                    onClick(event);
                    onChoose();
                  }}
                  className={classes.entry}
                  aria-current={route.path === current ? 'page' : undefined}
                  data-testid={`nav-${route.title}`}
                >
                  {Icon && <Icon />}
                  {route.title}
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className={classes.footer}>
        <ConnectionNote />
        <ul className={classes.list}>
          <li>
            <a href="/" className={classes.entry} data-testid="to-chat">
              <ChatIcon />
              Go to the chat
            </a>
          </li>
          {settings.account_url && (
            <li>
              <a href={settings.account_url} className={classes.entry}>
                <PersonIcon />
                Account and password
              </a>
            </li>
          )}
          <li>
            <UnstyledButton className={classes.entry} onClick={onSignOut} data-testid="sign-out">
              <LeaveIcon />
              Sign out
            </UnstyledButton>
          </li>
        </ul>
        <ColourSchemeChoice />
        <div className={classes.user} data-testid="signed-in-as">
          <Avatar id={user.id} name={user.username} size={34} />
          <span className={classes.names}>
            <span className={classes.name}>{user.username}</span>
            <span className={classes.role}>{ROLE_NAMES[role]}</span>
          </span>
        </div>
      </div>
    </div>
  );
}
