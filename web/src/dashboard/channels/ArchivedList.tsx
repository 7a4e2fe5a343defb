import { Button, Group, Text } from '@mantine/core';
import type { ArchivedChannel } from '../api/channels';
import { countText, momentText } from '../shell/formats';
import classes from './channels.module.css';

interface ArchivedListProps {
  channels: readonly ArchivedChannel[];
  onRestore: (channel: ArchivedChannel) => void;
  onPurge: (channel: ArchivedChannel) => void;
}

export function ArchivedList({ channels, onRestore, onPurge }: ArchivedListProps) {
  return (
    <ul className={classes.rows} data-testid="archived-list">
      {channels.map((channel) => (
        <li key={channel.id} className={classes.row} data-testid={`archived-row-${channel.name}`}>
          <div className={classes.words}>
            <Text component="h3" fw={600} className={classes.name}>
              <span className={classes.hash}># </span>
              {channel.name}
            </Text>
            <Text size="sm" c="dimmed">
              {countText(channel.messageCount, 'message')}, archived{' '}
              {momentText(channel.archivedAt)}
            </Text>
          </div>
          <Group gap={6} className={classes.actions}>
            <Button
              size="xs"
              variant="default"
              onClick={() => onRestore(channel)}
              aria-label={`Restore ${channel.name}`}
            >
              Restore
            </Button>
            <Button
              size="xs"
              variant="light"
              color="red"
              onClick={() => onPurge(channel)}
              aria-label={`Delete ${channel.name} for good`}
            >
              Delete for good…
            </Button>
          </Group>
        </li>
      ))}
    </ul>
  );
}
