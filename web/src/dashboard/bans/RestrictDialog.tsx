import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { PersonPicker } from '../lists/PersonPicker';
import type { PickedPerson } from '../lists/picked-person';
import { notifyDone } from '../shell/notify';
import { refusalText } from './refusal';
import { amountOf, type Term, type TermUnit } from './term';
import { TermField } from './TermField';

// docs/api.md: a reason has 256 characters at most.
const REASON_LENGTH_MAX = 256;

export interface RestrictDialogProps {
  opened: boolean;
  onClose: () => void;
  // Null: to be found in the dialog.
  person: PickedPerson | null;
  onDone: () => void;
}

interface RestrictFormProps extends RestrictDialogProps {
  title: string;
  unit: TermUnit;
  // "Ban"
  action: string;
  children?: ReactNode;
  write: (person: PickedPerson, reason: string, amount: number | undefined) => Promise<unknown>;
  // "bob is banned"
  done: (person: PickedPerson) => string;
}

// Who, why and for how long: what a ban and a mute have in common.
export function RestrictDialog(props: RestrictFormProps) {
  const { opened, onClose, title } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <RestrictForm {...props} />
    </Modal>
  );
}

function RestrictForm(props: RestrictFormProps) {
  const { onClose, onDone, unit, action, children, write, done } = props;
  const [picked, setPicked] = useState<PickedPerson | null>(null);
  const [reason, setReason] = useState('');
  const [term, setTerm] = useState<Term>({ choice: '1', own: '' });
  const [isWriting, setWriting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const person = props.person ?? picked;
  const amount = amountOf(term, unit);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!person || !amount.ok) return;
    setWriting(true);
    setRefusal(null);
    try {
      await write(person, reason.trim(), amount.amount);
    } catch (error) {
      setRefusal(refusalText(error, person.username));
      return;
    } finally {
      setWriting(false);
    }
    notifyDone(done(person));
    onClose();
    onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {!props.person && (
          <PersonPicker
            label="Who"
            value={picked?.id ?? ''}
            onPick={setPicked}
            autoFocus
            testId="restrict-person"
          />
        )}
        {children}
        <TermField
          unit={unit}
          value={term}
          problem={term.own !== '' && !amount.ok ? amount.problem : null}
          onChange={setTerm}
        />
        <TextInput
          label="Reason"
          description="For the record; other moderators read it."
          value={reason}
          maxLength={REASON_LENGTH_MAX}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus={props.person ? true : undefined}
          data-testid="reason"
        />
        {refusal !== null && (
          <Alert color="red" role="alert" data-testid="refusal">
            {refusal}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            loading={isWriting}
            disabled={!person || !amount.ok}
            data-testid="restrict"
          >
            {person ? `${action} ${person.username}` : action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
