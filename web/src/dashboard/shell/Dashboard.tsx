import { StartScreen } from '../../app/StartScreen';
import { useSignIn } from '../../app/use-sign-in';
import { DASHBOARD } from '../../sign-in/page-client';
import { ConnectedDashboard } from './ConnectedDashboard';

const SENTENCE = 'The dashboard, for those who look after this server.';

export function Dashboard() {
  const signIn = useSignIn(DASHBOARD);
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
        <ConnectedDashboard
          settings={signIn.settings}
          getToken={signIn.getToken}
          onSignOut={signIn.signOut}
          onSessionEnded={signIn.sessionEnded}
        />
      );
  }
}
