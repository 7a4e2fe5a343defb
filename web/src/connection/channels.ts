import type { ChannelPayload } from './frames';

export interface ChannelRules {
  // Only moderators and administrators write there.
  readonly readOnly: boolean;
  // Only moderators and administrators see it.
  readonly staffOnly: boolean;
  // Only administrators see it, whatever staffOnly says.
  readonly isPrivate: boolean;
  // Between two messages of one member; 0: no slow mode.
  readonly slowModeSeconds: number;
}

export interface Channel extends ChannelRules {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly sortOrder: number;
}

// The channels that the user may read, in the server's order.
export class Channels {
  private channels: Channel[] = [];

  list(): readonly Channel[] {
    return this.channels;
  }

  replaceAll(payloads: ChannelPayload[]): void {
    this.channels = payloads.map(channelOf);
  }

  put(payload: ChannelPayload): void {
    const others = this.channels.filter((channel) => channel.id !== payload.id);
    this.channels = [...others, channelOf(payload)].sort(
      (a, b) => a.sortOrder - b.sortOrder || a.id - b.id,
    );
  }

  find(id: number): Channel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }

  remove(id: number): void {
    this.channels = this.channels.filter((channel) => channel.id !== id);
  }
}

function channelOf(payload: ChannelPayload): Channel {
  const { id, name, description, sort_order } = payload;
  return {
    id,
    name,
    description,
    sortOrder: sort_order,
    readOnly: payload.read_only ?? false,
    staffOnly: payload.staff_only ?? false,
    isPrivate: payload.private ?? false,
    slowModeSeconds: payload.slow_mode_seconds ?? 0,
  };
}
