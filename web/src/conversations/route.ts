import type { ConversationKey } from './conversation';

// The open conversation is in the URL's fragment, so that Back, a reload and a bookmark work.

export function fragmentFor(key: ConversationKey): string {
  return `#/${key.replace(':', '/')}`;
}

export function keyFromFragment(fragment: string): ConversationKey | null {
  const channel = /^#\/channel\/(\d+)$/.exec(fragment);
  if (channel) return `channel:${Number(channel[1])}`;
  const person = /^#\/person\/([^/]+)$/.exec(fragment);
  return person ? `person:${person[1]!}` : null;
}
