import { NativeSelect, TextInput } from '@mantine/core';
import { OWN_CHOICE, type Term, type TermUnit } from './term';

interface TermFieldProps {
  unit: TermUnit;
  value: Term;
  problem: string | null;
  onChange: (term: Term) => void;
}

export function TermField({ unit, value, problem, onChange }: TermFieldProps) {
  const offered = unit.choices.map(({ label }, index) => ({ value: String(index), label }));
  return (
    <>
      <NativeSelect
        label="How long"
        data={[...offered, { value: OWN_CHOICE, label: `A number of ${unit.name}` }]}
        value={value.choice}
        onChange={(event) => onChange({ ...value, choice: event.currentTarget.value })}
        data-testid="term"
      />
      {value.choice === OWN_CHOICE && (
        <TextInput
          label={`Number of ${unit.name}`}
          inputMode="numeric"
          value={value.own}
          error={problem}
          onChange={(event) => onChange({ ...value, own: event.currentTarget.value })}
          data-testid="term-own"
        />
      )}
    </>
  );
}
