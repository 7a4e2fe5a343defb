import type { Channel } from '../api/channels';

export type Step = 'up' | 'down';

// The list after one step of the channel at this index, and before which id the server has to put
// it (null: at the end). Null where there is no such step.
export function moved(
  channels: readonly Channel[],
  index: number,
  step: Step,
): { channels: Channel[]; beforeId: number | null } | null {
  const target = step === 'up' ? index - 1 : index + 1;
  const channel = channels[index];
  if (!channel || !channels[target]) return null;
  const others = channels.filter((other) => other !== channel);
  const beforeId = others[target]?.id ?? null;
  return { channels: [...others.slice(0, target), channel, ...others.slice(target)], beforeId };
}
