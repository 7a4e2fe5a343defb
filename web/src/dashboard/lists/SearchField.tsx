import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 250;

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
  testId: string;
}

// Searches while one types, after a short pause, and at once with Enter.
export function SearchField({ label, placeholder, value, onSearch, testId }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const applied = useRef(value);
  const apply = (next: string) => {
    applied.current = next.trim();
    onSearch(applied.current);
  };
  const applyLater = useDebouncedCallback(apply, PAUSE_MS);

  // "Back", or a link to the same page with another search.
  useEffect(() => {
    if (value === applied.current) return;
    applied.current = value;
    setText(value);
  }, [value]);

  const clear = () => {
    setText('');
    apply('');
  };
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      value={text}
      maxLength={200}
      data-testid={testId}
      onChange={(event) => {
        setText(event.currentTarget.value);
        applyLater(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(text);
      }}
      rightSection={
        text !== '' && <CloseButton size="sm" aria-label={`Clear: ${label}`} onClick={clear} />
      }
    />
  );
}
