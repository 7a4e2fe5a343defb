import { useEffect, useRef, useState } from 'react';
import type { Message } from '../connection/message';

// What a screen reader is told when others write into the open conversation. The list itself is no
// live region: scrolling puts older messages into it.
export function useAnnouncement(messages: readonly Message[], userId: string): string {
  const last = messages.at(-1);
  const [text, setText] = useState('');
  const knownSeq = useRef(last?.seq ?? null);
  useEffect(() => {
    if (!last || (knownSeq.current !== null && last.seq <= knownSeq.current)) return;
    const isFirstLook = knownSeq.current === null;
    knownSeq.current = last.seq;
    if (!isFirstLook && last.authorId !== userId && !last.removed)
      setText(`${last.author}: ${last.text}`);
  }, [last, userId]);
  return text;
}
