import { memo } from 'react';
import { partsOf } from '../conversations/links';

// Chat text is plain text; only web addresses become links.
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return partsOf(text).map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
        {part.text}
      </a>
    ),
  );
});
