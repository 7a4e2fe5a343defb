import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';

interface CopyFieldProps {
  label: string;
  // Where what stands around says it already.
  hidesLabel?: boolean;
  value: string;
  testId: string;
}

// A link to hand on. On a page over plain http there is no clipboard to write to: then the text is
// selected, ready for the keys.
export function CopyField({ label, hidesLabel, value, testId }: CopyFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'selected' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      field.current?.focus();
      field.current?.select();
      setOutcome('selected');
    }
  };
  return (
    <Group align={outcome === 'selected' ? 'center' : 'flex-end'} gap="xs" wrap="nowrap">
      <TextInput
        ref={field}
        label={hidesLabel ? undefined : label}
        aria-label={label}
        value={value}
        readOnly
        flex={1}
        description={
          outcome === 'selected' ? 'Selected: copy it with Ctrl+C or the menu.' : undefined
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onFocus={(event) => event.currentTarget.select()}
        data-testid={testId}
      />
      <Button
        variant="default"
        onClick={() => void copy()}
        aria-live="polite"
      >
        {outcome === 'copied' ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  );
}
