import { useEffect, useRef, useState } from 'react';
import type { Position } from '../connection/frames';
import type { ConversationKey } from '../conversations/conversation';
import type { OpenConversation } from './use-conversations';

// A conversation is read while its end is on a visible page. The line "New" stays where reading
// stopped: when the conversation was opened, or when the page was last looked at.
export function useReading(
  open: OpenConversation,
  isAtEnd: boolean,
  onRead: (key: ConversationKey, position: Position) => void,
): { dividerSeq: number | null } {
  const { key, log, readSeq, unread } = open;
  const [dividerSeq, setDividerSeq] = useState(unread > 0 ? readSeq : null);
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  const latestReadSeq = useRef(readSeq);
  latestReadSeq.current = readSeq;

  useEffect(() => {
    const listener = () => {
      const nowVisible = document.visibilityState === 'visible';
      setVisible(nowVisible);
      if (!nowVisible) setDividerSeq(latestReadSeq.current);
    };
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  }, []);

  const isReading = isVisible && isAtEnd && log.loaded;
  useEffect(() => {
    if (isReading) onRead(key, { epoch: log.epoch, seq: log.seq });
  }, [isReading, key, log.epoch, log.seq, onRead]);

  return { dividerSeq };
}
