import type { ComponentType } from 'react';
import type { PageClient } from '../sign-in/page-client';
import type { SignedInProps } from '../sign-in/signed-in-props';
import { StartScreen } from './StartScreen';
import { useSignIn } from './use-sign-in';

interface SignInGateProps {
  client: PageClient;
  // What the page is, for who has not signed in yet.
  sentence: string;
  page: ComponentType<SignedInProps>;
}

// Shows the page to who is signed in, and the way there to everyone else.
export function SignInGate({ client, sentence, page: Page }: SignInGateProps) {
  const signIn = useSignIn(client);
  switch (signIn.kind) {
    case 'loading':
      return null;
    case 'unreachable':
      return <StartScreen serverName="Hubbub" sentence={sentence} problem={signIn.problem} />;
    case 'signed out':
      return (
        <StartScreen
          serverName={signIn.settings.server_name}
          sentence={sentence}
          problem={signIn.problem}
          onSignIn={signIn.begin}
        />
      );
    case 'signed in':
      return (
        <Page
          settings={signIn.settings}
          getToken={signIn.getToken}
          onSignOut={signIn.signOut}
          onSessionEnded={signIn.sessionEnded}
        />
      );
  }
}
