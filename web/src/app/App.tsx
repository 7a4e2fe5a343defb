import { ChatPage } from '../page/ChatPage';
import { StartScreen } from './StartScreen';
import { useSignIn } from './use-sign-in';

export function App() {
  const signIn = useSignIn();
  switch (signIn.kind) {
    case 'loading':
      return null;
    case 'unreachable':
      return <StartScreen serverName="Hubbub" problem={signIn.problem} />;
    case 'signed out':
      return (
        <StartScreen
          serverName={signIn.settings.server_name}
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
