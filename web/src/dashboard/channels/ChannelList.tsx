import { Text } from '@mantine/core';
import type { Channel } from '../api/channels';
import { ChannelRow } from './ChannelRow';
import classes from './channels.module.css';
import { useChannelOrder } from './use-channel-order';

interface ChannelListProps {
  channels: readonly Channel[];
  reload: () => void;
  onEdit: (channel: Channel) => void;
  onArchive: (channel: Channel) => void;
  onPurge: (channel: Channel) => void;
}

export function ChannelList({ channels, reload, ...actions }: ChannelListProps) {
  const order = useChannelOrder(channels, reload);
  return (
    <>
      <ol className={classes.rows} data-testid="channel-list">
        {order.channels.map((channel, index) => (
          <ChannelRow
            key={channel.id}
            channel={channel}
            isFirst={index === 0}
            isLast={index === order.channels.length - 1}
            isMoving={order.isMoving}
            onStep={(step) => order.step(index, step)}
            onEdit={() => actions.onEdit(channel)}
            onArchive={() => actions.onArchive(channel)}
            onPurge={() => actions.onPurge(channel)}
          />
        ))}
      </ol>
      <Text size="sm" c="dimmed" role="status">
        {order.status}
      </Text>
    </>
  );
}
