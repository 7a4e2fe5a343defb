import { describe, expect, it } from 'vitest';
import { partsOf } from './links';

const links = (text: string) =>
  partsOf(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('partsOf', () => {
  it.each([
    ['no address here', []],
    ['https://example.org', ['https://example.org']],
    ['see https://example.org/a?b=c#d, please', ['https://example.org/a?b=c#d']],
    ['(see https://example.org/a_(b)).', ['https://example.org/a_(b)']],
    ['http://a.example and https://b.example!', ['http://a.example', 'https://b.example']],
    ['"https://example.org/x"', ['https://example.org/x']],
    ['javascript:alert(1) data:text/html,x ftp://example.org', []],
    ['https://', []],
    ['<https://example.org/x>', ['https://example.org/x']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('loses nothing of the text', () => {
    const text = 'a https://example.org/x, b\n(http://c.example/).';
    expect(
      partsOf(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
