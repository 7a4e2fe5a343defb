import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import type { Channel } from '../api/channels';
import { MoreIcon } from '../../page/icons';
import { DownStepIcon, UpStepIcon } from './icons';
import classes from './channels.module.css';
import type { Step } from './order';
import { slowModeText } from './slow-mode';

interface ChannelRowProps {
  channel: Channel;
  isFirst: boolean;
  isLast: boolean;
  isMoving: boolean;
  onStep: (step: Step) => void;
  onEdit: () => void;
  onArchive: () => void;
  onPurge: () => void;
}

export function ChannelRow(props: ChannelRowProps) {
  const { channel, isFirst, isLast, isMoving, onStep } = props;
  const { name } = channel;
  // Not `disabled`, which would take the focus away at either end.
  const step = (direction: Step, isPossible: boolean) => ({
    variant: 'subtle',
    color: 'gray',
    'aria-label': `Move ${name} ${direction}`,
    title: `Move ${direction}`,
    'aria-disabled': !isPossible || isMoving,
    'data-step': `${channel.id} ${direction}`,
    className: classes.step,
    onClick: () => isPossible && !isMoving && onStep(direction),
  });
  return (
    <li className={classes.row} data-testid={`channel-row-${name}`}>
      <div className={classes.steps}>
        <ActionIcon {...step('up', !isFirst)}>
          <UpStepIcon />
        </ActionIcon>
        <ActionIcon {...step('down', !isLast)}>
          <DownStepIcon />
        </ActionIcon>
      </div>
      <div className={classes.words}>
        <Group gap={8}>
          <Text component="h3" fw={600} className={classes.name}>
            <span className={classes.hash}># </span>
            {name}
          </Text>
          <Rules channel={channel} />
        </Group>
        {channel.description && (
          <Text size="sm" c="dimmed" className={classes.description}>
            {channel.description}
          </Text>
        )}
      </div>
      <Group gap={6} wrap="nowrap" className={classes.actions}>
        <Button size="xs" variant="default" onClick={props.onEdit} aria-label={`Edit ${name}`}>
          Edit
        </Button>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={`More for ${name}`}
              data-testid={`channel-more-${name}`}
            >
              <MoreIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={props.onArchive}>Archive…</Menu.Item>
            <Menu.Item color="red" onClick={props.onPurge}>
              Delete for good…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </li>
  );
}

function Rules({ channel }: { channel: Channel }) {
  const { readOnly, staffOnly, isPrivate, slowModeSeconds } = channel;
  const rules = [
    readOnly && 'Read-only',
    staffOnly && !isPrivate && 'Staff only',
    isPrivate && 'Private',
    slowModeSeconds > 0 && `Slow mode ${slowModeText(slowModeSeconds)}`,
  ].filter((rule) => rule !== false);
  return rules.map((rule) => (
    <Badge key={rule} variant="light" color="gray" tt="none" fw={500}>
      {rule}
    </Badge>
  ));
}
