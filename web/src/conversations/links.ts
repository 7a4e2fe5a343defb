export type TextPart =
  { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const URL_START = /\bhttps?:\/\/[^\s<>"]+/gi;
const CLOSERS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

// Finds the web addresses in a message. Whatever is not one stays text.
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(URL_START)) {
    const address = withoutPunctuation(match[0]);
    const href = webAddress(address);
    if (!href) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

// "(see https://example.org/a_(b))." ends before ")." but not before the "(b)" that is its own.
function withoutPunctuation(address: string): string {
  let rest = address;
  for (;;) {
    const last = rest.at(-1) ?? '';
    const opener = CLOSERS[last];
    const unbalanced = opener !== undefined && count(rest, last) > count(rest, opener);
    if (!unbalanced && !/[.,:;!?'*_~]/.test(last)) return rest;
    rest = rest.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function webAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
