import { ActionIcon, Menu } from '@mantine/core';
import { useRef } from 'react';
import type { ShownMessage } from '../conversations/thread-rows';
import { MoreIcon, PersonIcon, RemoveIcon } from './icons';
import classes from './MessageMenu.module.css';
import { useRemoval } from './Removal';

// What moderators can do with somebody's message.
export function MessageMenu({ message }: { message: ShownMessage }) {
  const remove = useRemoval(message);
  const isRemoving = useRef(false);
  if (!remove) return null;
  // Not sooner: a menu that closes gives the focus back to its button, away from the question.
  const closed = () => {
    if (isRemoving.current) remove();
    isRemoving.current = false;
  };
  return (
    <Menu position="bottom-end" width={210} shadow="md" onExitTransitionEnd={closed}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={30}
          className={classes.open}
          aria-label={`More about the message of ${message.author}`}
          data-testid="message-menu"
        >
          <MoreIcon size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Item
          component="a"
          href={`/admin/people/${encodeURIComponent(message.authorId)}`}
          leftSection={<PersonIcon size={16} />}
        >
          Profile of {message.author}
        </Menu.Item>
        <Menu.Item
          className={classes.remove}
          leftSection={<RemoveIcon size={16} />}
          onClick={() => (isRemoving.current = true)}
          data-testid="remove-message"
        >
          Remove message…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
