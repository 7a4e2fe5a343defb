import { Button, Group, Modal } from '@mantine/core';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import type { ShownMessage } from '../conversations/thread-rows';
import { ApiError } from '../dashboard/api/api-error';
import { useApi } from '../dashboard/api/api-context';
import { removeMessages } from '../dashboard/api/messages';
import classes from './Removal.module.css';

type StoredMessage = ShownMessage & { messageId: number };

const RemovalContext = createContext<((message: StoredMessage) => void) | null>(null);

interface RemovalProps {
  isAllowed: boolean;
  // The menu that asked is gone with the message.
  onRemoved: () => void;
  children: ReactNode;
}

// Lets the messages below it be removed, after a question.
export function Removal({ isAllowed, onRemoved, children }: RemovalProps) {
  const [asked, setAsked] = useState<StoredMessage | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [returnsFocus, setReturnsFocus] = useState(true);
  const ask = useCallback((message: StoredMessage) => {
    setAsked(message);
    setReturnsFocus(true);
    setOpen(true);
  }, []);
  const removed = () => {
    setReturnsFocus(false);
    setOpen(false);
    onRemoved();
  };
  return (
    <RemovalContext.Provider value={isAllowed ? ask : null}>
      {children}
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        returnFocus={returnsFocus}
        title="Remove this message?"
        centered
      >
        {asked && (
          <RemovalQuestion message={asked} onCancel={() => setOpen(false)} onRemoved={removed} />
        )}
      </Modal>
    </RemovalContext.Provider>
  );
}

// Null where this user may not remove this message.
export function useRemoval(message: ShownMessage): (() => void) | null {
  const ask = useContext(RemovalContext);
  const { messageId, removed } = message;
  if (!ask || removed || messageId === null) return null;
  return () => ask({ ...message, messageId });
}

interface RemovalQuestionProps {
  message: StoredMessage;
  onCancel: () => void;
  onRemoved: () => void;
}

function RemovalQuestion({ message, onCancel, onRemoved }: RemovalQuestionProps) {
  const api = useApi();
  const [isRemoving, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    setRemoving(true);
    setProblem(null);
    try {
      await removeMessages(api, [message.messageId]);
    } catch (error) {
      setRemoving(false);
      setProblem(error instanceof ApiError ? error.detail : 'Something went wrong in this page.');
      return;
    }
    onRemoved();
  };
  return (
    <>
      <blockquote className={classes.quote}>
        <strong>{message.author}</strong>
        <p>{message.text}</p>
      </blockquote>
      <p className={classes.consequence}>
        Its text is erased for everyone, here and in the search. This cannot be undone.
      </p>
      {problem && (
        <p className={classes.problem} role="alert">
          Not removed. {problem}
        </p>
      )}
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          color="red"
          loading={isRemoving}
          onClick={() => void remove()}
          data-autofocus
          data-testid="confirm"
        >
          Remove message
        </Button>
      </Group>
    </>
  );
}
