import { ChatPage } from '../page/ChatPage';
import { CHAT } from '../sign-in/page-client';
import { StartScreen } from './StartScreen';
import { useSignIn } from './use-sign-in';

const SENTENCE = 'Talk in channels and in private.';

export function App() {
  const signIn = useSignIn(CHAT);
  switch (signIn.kind) {
    case 'loading':
      return null;
    case 'unreachable':
      return <StartScreen serverName="Hubbub" sentence={SENTENCE} problem={signIn.problem} />;
    case 'signed out':
      return (
        <StartScreen
          serverName={signIn.settings.server_name}
          sentence={SENTENCE}
          problem={signIn.problem}
          onSignIn={signIn.begin}
        />
      );
    case 'signed in':
      return (
        <ChatPage
          settings={signIn.settings}
          getToken={signIn.getToken}
          onSignOut={signIn.signOut}
          onSessionEnded={signIn.sessionEnded}
        />
      );
  }
}
