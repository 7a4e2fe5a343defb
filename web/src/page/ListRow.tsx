import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Lists.module.css';

interface ListRowProps {
  testId: string;
  icon: ReactNode;
  name: string;
  note?: string;
  unread?: number;
  isOpen?: boolean;
  onClick: () => void;
}

export function ListRow({ testId, icon, name, note, unread = 0, isOpen, onClick }: ListRowProps) {
  return (
    <li>
      <UnstyledButton
        className={classes.row}
        data-testid={testId}
        data-unread={unread > 0}
        aria-current={isOpen ? 'page' : undefined}
        onClick={onClick}
      >
        <span className={classes.icon}>{icon}</span>
        <span className={classes.name}>{name}</span>
        {note && <span className={classes.note}>{note}</span>}
        {unread > 0 && (
          <span className={classes.unread}>
            {unread > 99 ? '99+' : unread}
            <VisuallyHidden> unread</VisuallyHidden>
          </span>
        )}
      </UnstyledButton>
    </li>
  );
}
