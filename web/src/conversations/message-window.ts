// Which part of a long conversation is in the document. However many messages there are, no more
// than MAX of them are drawn; scrolling moves the window.
export const WINDOW_FIRST = 100;
export const WINDOW_STEP = 60;
export const WINDOW_MAX = 260;

// Messages are named by their seq, since older history moves every index. No `from`: the newest
// WINDOW_FIRST. No `to`: up to the end, and with it as messages arrive.
export interface MessageWindow {
  readonly from: number | null;
  readonly to: number | null;
}

export const newest: MessageWindow = { from: null, to: null };

type Numbered = readonly { readonly seq: number }[];

export function rangeOf(window: MessageWindow, messages: Numbered): [number, number] {
  const end = window.to === null ? messages.length : firstAfter(messages, window.to);
  const start = window.from === null ? end - WINDOW_FIRST : firstAfter(messages, window.from - 1);
  return [Math.max(0, start, window.to === null ? end - WINDOW_MAX : 0), end];
}

export function moveOlder(window: MessageWindow, messages: Numbered): MessageWindow {
  const [start, end] = rangeOf(window, messages);
  const from = Math.max(0, start - WINDOW_STEP);
  const to = Math.min(end, from + WINDOW_MAX);
  return windowOver(messages, from, to);
}

export function moveNewer(window: MessageWindow, messages: Numbered): MessageWindow {
  const [start, end] = rangeOf(window, messages);
  const to = Math.min(messages.length, end + WINDOW_STEP);
  return windowOver(messages, Math.max(start, to - WINDOW_MAX), to);
}

function windowOver(messages: Numbered, start: number, end: number): MessageWindow {
  return {
    from: messages[start]?.seq ?? null,
    to: end >= messages.length ? null : (messages[end - 1]?.seq ?? null),
  };
}

// The index of the first message whose seq is above this one.
function firstAfter(messages: Numbered, seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
