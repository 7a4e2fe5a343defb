import type { UnansweredMessage } from '../connection/unanswered';
import type { ConversationKey } from './conversation';

// What one tab keeps across a reload: unsent drafts, and messages that were not answered yet.

const DRAFT = 'hubbub.draft.';
const UNANSWERED = 'hubbub.unanswered.';

export class KeptInTab {
  constructor(
    private readonly storage: Storage,
    private readonly userId: string,
  ) {}

  draft(key: ConversationKey): string {
    return this.storage.getItem(this.draftName(key)) ?? '';
  }

  keepDraft(key: ConversationKey, text: string): void {
    if (text) this.storage.setItem(this.draftName(key), text);
    else this.storage.removeItem(this.draftName(key));
  }

  unanswered(): UnansweredMessage[] {
    try {
      return JSON.parse(this.storage.getItem(UNANSWERED + this.userId) ?? '[]');
    } catch {
      return [];
    }
  }

  keepUnanswered(messages: UnansweredMessage[]): void {
    this.storage.setItem(UNANSWERED + this.userId, JSON.stringify(messages));
  }

  private draftName(key: ConversationKey): string {
    return `${DRAFT}${this.userId}.${key}`;
  }
}

// Signing out leaves nothing for the next person at this device.
export function forgetKept(storage: Storage): void {
  for (const name of Object.keys(storage)) {
    if (name.startsWith(DRAFT) || name.startsWith(UNANSWERED)) storage.removeItem(name);
  }
}
