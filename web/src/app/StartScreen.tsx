import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Logo } from '../page/Logo';
import classes from './StartScreen.module.css';

interface StartScreenProps {
  serverName: string;
  sentence: string;
  problem: string | null;
  // Missing while the server cannot be reached.
  onSignIn?: () => void;
}

export function StartScreen({ serverName, sentence, problem, onSignIn }: StartScreenProps) {
  useEffect(() => {
    document.title = serverName;
  }, [serverName]);
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Logo size={56} />
        <h1 className={classes.name}>{serverName}</h1>
        <p className={classes.sentence}>{sentence}</p>
        {problem && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {onSignIn ? (
          <Button size="md" fullWidth onClick={onSignIn} data-testid="sign-in">
            Sign in
          </Button>
        ) : (
          <Button size="md" fullWidth variant="default" onClick={() => location.reload()}>
            Try again
          </Button>
        )}
      </div>
    </main>
  );
}
