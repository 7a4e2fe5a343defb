import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import {
  createContext,
  useCallback,
  useContext,
  useRef,
  useState,
  type FormEvent,
  type ReactNode,
} from 'react';

export interface Question {
  title: string;
  // What will happen, and whether it can be undone.
  text: ReactNode;
  // The verb: "Archive channel".
  action: string;
  isDangerous?: boolean;
  // Has to be typed, letter for letter, before the action can be chosen.
  typed?: string;
}

type Confirm = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | null>(null);

// Asks, and waits for the answer: if (await confirm({…})) …
export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext);
  if (!confirm) throw new Error('useConfirm outside of the dashboard');
  return confirm;
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => {});

  const confirm = useCallback<Confirm>((asked) => {
    answer.current(false);
    setQuestion(asked);
    setOpen(true);
    return new Promise((resolve) => (answer.current = resolve));
  }, []);

  const close = (yes: boolean) => {
    answer.current(yes);
    setOpen(false);
  };

  return (
    <ConfirmContext.Provider value={confirm}>
      {children}
      <Modal opened={isOpen} onClose={() => close(false)} title={question?.title} centered>
        {question && <QuestionForm question={question} onAnswer={close} />}
      </Modal>
    </ConfirmContext.Provider>
  );
}

interface QuestionFormProps {
  question: Question;
  onAnswer: (yes: boolean) => void;
}

function QuestionForm({ question, onAnswer }: QuestionFormProps) {
  const [typed, setTyped] = useState('');
  const mayAct = question.typed === undefined || typed === question.typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mayAct) onAnswer(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text component="div" size="sm">
          {question.text}
        </Text>
        {question.typed !== undefined && (
          <TextInput
            label={
              <>
                Type <strong>{question.typed}</strong> to confirm
              </>
            }
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            data-testid="confirm-typed"
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => onAnswer(false)}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={question.isDangerous ? 'red' : undefined}
            disabled={!mayAct}
            data-testid="confirm"
          >
            {question.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
