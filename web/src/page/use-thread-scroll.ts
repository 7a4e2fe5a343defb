import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Message } from '../connection/message';
import { moveNewer, moveOlder, newest, rangeOf } from '../conversations/message-window';

// This close to the end counts as reading the newest.
const AT_END_PX = 48;
// More messages are drawn, or fetched, before one sees that there are none.
const EDGE_PX = 400;

interface ThreadScrollOptions {
  messages: readonly Message[];
  unansweredCount: number;
  // Null when there is nothing older.
  onTop: (() => void) | null;
}

interface ThreadScroll {
  viewport: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  // The part of the messages to draw.
  start: number;
  end: number;
  isAtEnd: boolean;
  onScroll: () => void;
  jumpToEnd: () => void;
}

// Keeps the eye where it is: at the end while one reads the newest, else at the same message,
// whatever is added above or below.
export function useThreadScroll(options: ThreadScrollOptions): ThreadScroll {
  const { messages, unansweredCount, onTop } = options;
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef<{ row: string; top: number } | null>(null);
  const stuck = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [shown, setShown] = useState(newest);
  const [start, end] = rangeOf(shown, messages);
  const isWindowAtEnd = end === messages.length;

  const look = useCallback(() => {
    const view = viewport.current;
    if (!view) return;
    stuck.current = isWindowAtEnd && below(view) <= AT_END_PX;
    setAtEnd(stuck.current);
    if (stuck.current) setShown(newest);
    place.current = firstVisibleRow(view);
  }, [isWindowAtEnd]);

  const keepPlace = useCallback(() => {
    const view = viewport.current;
    if (!view) return;
    if (stuck.current) {
      view.scrollTop = view.scrollHeight;
      return;
    }
    const row = place.current && rowOf(view, place.current.row);
    if (row) view.scrollTop += row.getBoundingClientRect().top - place.current!.top;
  }, []);

  const jumpToEnd = useCallback(() => {
    stuck.current = true;
    setShown(newest);
    setAtEnd(true);
    requestAnimationFrame(keepPlace);
  }, [keepPlace]);

  // Whoever sends a message wants to see it.
  const knownUnanswered = useRef(unansweredCount);
  useLayoutEffect(() => {
    if (unansweredCount > knownUnanswered.current) jumpToEnd();
    knownUnanswered.current = unansweredCount;
  }, [unansweredCount, jumpToEnd]);

  useLayoutEffect(keepPlace);

  // After each drawing, not only after scrolling: whoever is at the very top cannot scroll further
  // up to ask for more, and where all is in view nobody can scroll at all.
  const fill = useCallback(() => {
    const view = viewport.current;
    if (!view) return;
    if (stuck.current && view.scrollHeight > view.clientHeight + EDGE_PX) return;
    if (view.scrollTop < EDGE_PX && start === 0) onTop?.();
    else if (stuck.current) return;
    else if (view.scrollTop < EDGE_PX) setShown((window) => moveOlder(window, messages));
    else if (below(view) < EDGE_PX && !isWindowAtEnd)
      setShown((window) => moveNewer(window, messages));
  }, [start, messages, isWindowAtEnd, onTop]);
  useLayoutEffect(fill);

  // Fonts arrive, the keyboard opens, the composer grows.
  useLayoutEffect(() => {
    const observer = new ResizeObserver(keepPlace);
    if (viewport.current) observer.observe(viewport.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, [keepPlace]);

  const onScroll = () => {
    look();
    fill();
  };
  return { viewport, content, start, end, isAtEnd, onScroll, jumpToEnd };
}

function below(view: HTMLElement): number {
  return view.scrollHeight - view.scrollTop - view.clientHeight;
}

function rowOf(view: HTMLElement, name: string): Element | null {
  return view.querySelector(`[data-row="${CSS.escape(name)}"]`);
}

// A message, not a day: lines between messages come and go with what is around them.
function firstVisibleRow(view: HTMLElement): { row: string; top: number } | null {
  const edge = view.getBoundingClientRect().top;
  for (const row of view.querySelectorAll<HTMLElement>('[data-testid="message"]')) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge) return { row: row.dataset.row!, top };
  }
  return null;
}
