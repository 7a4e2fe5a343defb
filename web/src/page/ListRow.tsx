import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Lists.module.css';

interface ListRowProps {
  testId: string;
  icon: ReactNode;
  name: string;
  marks?: ReactNode;
  note?: string;
  unread?: number;
  isOpen?: boolean;
  onClick: () => void;
}

export function ListRow(props: ListRowProps) {
  const { testId, icon, name, marks, note, unread = 0, isOpen, onClick } = props;
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
        {marks}
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
