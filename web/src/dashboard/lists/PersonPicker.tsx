import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { findPeople, readProfile } from '../api/people';
import { useLoad } from '../shell/use-load';
import { optionsFor, type PickedPerson } from './picked-person';

const FOUND_MAX = 20;
const PAUSE_MS = 200;

interface PersonPickerProps {
  label: string;
  placeholder?: string;
  // The id of who is picked, or ''.
  value: string;
  onPick: (person: PickedPerson | null) => void;
  autoFocus?: boolean;
  error?: string | null;
  testId: string;
}

// Finds a person by part of their name, or by their id.
export function PersonPicker(props: PersonPickerProps) {
  const { label, placeholder = 'Name or id', value, onPick, autoFocus, error, testId } = props;
  const api = useApi();
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text, PAUSE_MS);
  const picked = usePicked(value);

  const find = useCallback(
    async (signal: AbortSignal) =>
      (await findPeople(api, typed.trim(), { limit: FOUND_MAX }, signal)).users,
    [api, typed],
  );
  const found = useLoad(find);
  const options = optionsFor(found.value ?? [], typed.trim(), picked);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      value={value || null}
      data={options.map(({ id, username }) => ({ value: id, label: username }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onPick(options.find((option) => option.id === id) ?? null)}
      nothingFoundMessage={found.isLoading ? 'Searching…' : 'Nobody with this name'}
      error={error}
      data-autofocus={autoFocus}
      data-testid={testId}
    />
  );
}

// The name of who was picked before this page was opened.
function usePicked(id: string): PickedPerson | null {
  const api = useApi();
  const read = useCallback(
    async (signal: AbortSignal) => (id === '' ? null : (await readProfile(api, id, signal)).user),
    [api, id],
  );
  const { value } = useLoad(read);
  if (id === '') return null;
  return value?.id === id ? value : { id, username: id };
}
