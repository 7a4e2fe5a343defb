import { Badge, Button, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { FoundMessage } from '../api/messages';
import { PersonLink } from '../lists/PersonLink';
import rows from '../lists/rows.module.css';
import { countText, momentText } from '../shell/formats';
import classes from './MessageList.module.css';
import { NOTHING_SELECTED, selectedOf, toggled, toggledAll } from './selection';
import { useRemoval } from './use-removal';

interface MessageListProps {
  messages: readonly FoundMessage[];
  // Left out on the page of their author.
  showsAuthor?: boolean;
  onRemoved: (ids: readonly number[]) => void;
}

// Messages to look through, of which some can be selected and removed.
export function MessageList({ messages, showsAuthor = true, onRemoved }: MessageListProps) {
  const [selection, select] = useState(NOTHING_SELECTED);
  const remove = useRemoval(onRemoved);
  const selected = selectedOf(selection, messages);
  return (
    <>
      <Group className={classes.bar} gap="sm" data-active={selected.length > 0}>
        <Checkbox
          radius="sm"
          label={`Select all ${messages.length} shown`}
          checked={selected.length === messages.length}
          indeterminate={selected.length > 0 && selected.length < messages.length}
          onChange={() => select(toggledAll(selection, messages))}
          data-testid="select-all"
        />
        <Text size="sm" c="dimmed" role="status" className={classes.count}>
          {selected.length > 0 && `${countText(selected.length, 'message')} selected`}
        </Text>
        <Button
          size="xs"
          color="red"
          disabled={selected.length === 0}
          onClick={() => void remove(selected)}
          data-testid="remove-selected"
        >
          Remove…
        </Button>
      </Group>
      <ul className={rows.rows}>
        {messages.map((message) => (
          <li
            key={message.id}
            className={rows.row}
            data-selected={selection.has(message.id)}
            data-testid="message-row"
          >
            <Checkbox
              radius="sm"
              mt={3}
              aria-label={`Select the message of ${message.username}: ${message.message}`}
              checked={selection.has(message.id)}
              onChange={() => select(toggled(selection, message.id))}
            />
            <div className={rows.main}>
              <div className={rows.title}>
                {showsAuthor && <PersonLink id={message.owner_id} username={message.username} />}
                <Badge variant="light" color="gray" tt="none">
                  #{message.channel}
                </Badge>
                <Text component="time" dateTime={message.authored_at} size="sm" c="dimmed">
                  {momentText(message.authored_at)}
                </Text>
              </div>
              <p className={rows.text}>{message.message}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
