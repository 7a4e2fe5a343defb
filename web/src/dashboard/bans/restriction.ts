import type { Ban, Mute } from '../api/bans';
import { agoText, durationText, momentText } from '../shell/formats';
import type { PickedPerson } from '../lists/picked-person';

// A ban or a mute, as both are shown.
export interface Restriction {
  readonly id: string | number;
  readonly person: PickedPerson;
  readonly by: PickedPerson;
  // Of a mute: the channel, or everywhere. Null for a ban.
  readonly scope: string | null;
  readonly reason: string;
  readonly start: string;
  // Null: until it is lifted.
  readonly end: string | null;
  readonly lifted: boolean;
}

export type RestrictionState = 'in force' | 'ended' | 'lifted';

export function restrictionOfBan(ban: Ban): Restriction {
  return {
    id: ban.id,
    person: { id: ban.banished_id, username: ban.banished_username },
    by: { id: ban.owner_id, username: ban.owner_username },
    scope: null,
    reason: ban.reason ?? '',
    start: ban.start,
    end: ban.end ?? null,
    lifted: ban.pardoned,
  };
}

export function restrictionOfMute(mute: Mute): Restriction {
  return {
    id: mute.id,
    person: { id: mute.user_id, username: mute.username },
    by: { id: mute.owner_id, username: mute.owner_username },
    scope: scopeOf(mute),
    reason: mute.reason ?? '',
    start: mute.start,
    end: mute.end ?? null,
    lifted: mute.lifted,
  };
}

export function stateOf({ lifted, end }: Restriction, now: number): RestrictionState {
  if (lifted) return 'lifted';
  return end !== null && Date.parse(end) <= now ? 'ended' : 'in force';
}

// When it ends or ended, and how long it was meant to last.
export function termText(restriction: Restriction, now: number): string {
  const { start, end } = restriction;
  if (end === null) return restriction.scope === null ? 'permanent' : 'until lifted';
  const length = durationText(Math.round((Date.parse(end) - Date.parse(start)) / 1000));
  if (stateOf(restriction, now) === 'lifted') return `for ${length}`;
  const verb = stateOf(restriction, now) === 'ended' ? 'ended' : 'ends';
  return `for ${length}, ${verb} ${momentText(end)} (${agoText(end, now)})`;
}

// A purged channel has no name any more.
function scopeOf({ channel_id, channel }: Mute): string {
  if (channel_id === undefined) return 'everywhere';
  return channel ? `#${channel}` : 'in a channel that is gone';
}
