import { Button } from '@mantine/core';
import classes from './ChatPage.module.css';

const TEXTS = {
  banned: {
    title: 'You are banned here',
    text:
      'A moderator has closed your access to this server. The page will not try to connect again.',
  },
  outdated: {
    title: 'This page is out of date',
    text: 'The server has changed since this page was opened.',
  },
};

interface StoppedScreenProps {
  reason: keyof typeof TEXTS;
  onSignOut: () => void;
}

export function StoppedScreen({ reason, onSignOut }: StoppedScreenProps) {
  const { title, text } = TEXTS[reason];
  return (
    <main className={classes.connecting}>
      <h1>{title}</h1>
      <p role="alert" data-testid="connection-state" data-state={reason}>
        {text}
      </p>
      {reason === 'banned' ? (
        <Button variant="default" onClick={onSignOut} data-testid="sign-out">
          Sign out
        </Button>
      ) : (
        <Button onClick={() => location.reload()}>Reload</Button>
      )}
    </main>
  );
}
