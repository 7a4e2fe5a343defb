import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-context';
import { moveChannel, type Channel } from '../api/channels';
import { notifyFailed } from '../shell/notify';
import { moved, type Step } from './order';

export interface ChannelOrder {
  readonly channels: readonly Channel[];
  readonly isMoving: boolean;
  // What became of the last step, in words.
  readonly status: string;
  readonly step: (index: number, step: Step) => void;
}

// Shows a step at once, and takes it back if the server refuses it. The button keeps the focus
// while its row wanders through the document.
export function useChannelOrder(read: readonly Channel[], reload: () => void): ChannelOrder {
  const api = useApi();
  const [channels, setChannels] = useState(read);
  const [isMoving, setMoving] = useState(false);
  const [status, setStatus] = useState('');
  const pressed = useRef<string | null>(null);

  useEffect(() => setChannels(read), [read]);

  useEffect(() => {
    if (pressed.current === null) return;
    const selector = `[data-step="${pressed.current}"]`;
    document.querySelector<HTMLElement>(selector)?.focus();
    pressed.current = null;
  }, [channels]);

  const step = (index: number, direction: Step) => {
    const next = moved(channels, index, direction);
    const channel = channels[index];
    if (!next || !channel) return;
    pressed.current = `${channel.id} ${direction}`;
    setChannels(next.channels);
    setMoving(true);
    moveChannel(api, channel.id, next.beforeId)
      .then(() => {
        const place = next.channels.indexOf(channel) + 1;
        setStatus(`“${channel.name}” is now number ${place} of ${next.channels.length}.`);
        reload();
      })
      .catch((error: unknown) => {
        setChannels(channels);
        setStatus('');
        notifyFailed('The order was not changed', error);
      })
      .finally(() => setMoving(false));
  };

  return { channels, isMoving, status, step };
}
