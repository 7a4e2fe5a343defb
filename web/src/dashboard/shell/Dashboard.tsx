import { SignInGate } from '../../app/SignInGate';
import { DASHBOARD } from '../../sign-in/page-client';
import { ConnectedDashboard } from './ConnectedDashboard';

const SENTENCE = 'The dashboard, for those who look after this server.';

export function Dashboard() {
  return <SignInGate client={DASHBOARD} sentence={SENTENCE} page={ConnectedDashboard} />;
}
