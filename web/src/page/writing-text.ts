import type { Writing } from '../conversations/writing';
import { untilText } from './dates';
import { durationText } from './durations';

// What the composer says of it; null: there is nothing to say.
export function writingText(writing: Writing, now: number): string | null {
  switch (writing.kind) {
    case 'read only':
      return 'Only moderators write in this channel. You can read along.';
    case 'muted':
      return `You are muted here ${mutedUntilText(writing.until, now)}.`;
    case 'slow': {
      if (writing.until === null) return slowModeText(writing.seconds);
      return `Slow mode: you can write again in ${durationText((writing.until - now) / 1000)}.`;
    }
    case 'free':
      return null;
  }
}

export function slowModeText(seconds: number): string {
  // "every minute", "every 30 seconds"
  const pause = durationText(seconds).replace(/^1 (\w+)$/, '$1');
  return `Slow mode: one message every ${pause}.`;
}

export function mutedUntilText(until: number | null | undefined, now: number): string {
  return until ? untilText(until, now) : 'until a moderator lifts it';
}
