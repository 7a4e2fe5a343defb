import { Button, Group } from '@mantine/core';
import { FullScreenNote } from './FullScreenNote';

interface NoAccessScreenProps {
  name: string;
  onSignOut: () => void;
}

export function NoAccessScreen({ name, onSignOut }: NoAccessScreenProps) {
  const text = (
    <span data-testid="no-access">
      This page is for moderators and administrators. You are signed in as {name}, who is neither.
    </span>
  );
  return (
    <FullScreenNote title="The dashboard is not for you" text={text}>
      <Group>
        <Button component="a" href="/" data-testid="to-chat">
          Go to the chat
        </Button>
        <Button variant="default" onClick={onSignOut} data-testid="sign-out">
          Sign out
        </Button>
      </Group>
    </FullScreenNote>
  );
}
