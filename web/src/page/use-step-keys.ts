import { useEffect, useRef } from 'react';
import type { ConversationSummary } from '../conversations/overview';

// Alt+Up and Alt+Down go through the conversations in the order of the lists.
export function useStepKeys(
  summaries: readonly ConversationSummary[],
  openKey: string | null,
  onStep: (next: ConversationSummary) => void,
): void {
  const latest = useRef({ summaries, openKey, onStep });
  latest.current = { summaries, openKey, onStep };
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const { summaries: all, openKey: key, onStep: go } = latest.current;
      const index = all.findIndex((summary) => summary.key === key);
      const next = all[(index + step + all.length) % all.length];
      if (next) go(next);
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}
