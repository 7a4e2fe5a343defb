import { useCallback, useEffect, useMemo } from 'react';
import { browserClock } from '../../connection/clock';
import type { GetToken } from '../../connection/connection';
import { openBrowserSocket } from '../../connection/socket';
import { StoppedScreen } from '../../page/StoppedScreen';
import { useStarted } from '../../page/use-started';
import type { SignedInProps } from '../../sign-in/signed-in-props';
import { browserApiClient } from '../api/api-client';
import { ApiContext } from '../api/api-context';
import { hasAtLeast } from '../api/role';
import { ConfirmProvider } from './confirm';
import { FullScreenNote } from './FullScreenNote';
import { Live } from './live';
import { LiveContext, useLiveState } from './live-context';
import { NoAccessScreen } from './NoAccessScreen';
import { SessionContext } from './session';
import { Shell } from './Shell';

// Owns the connection: one for as long as the dashboard is open and the user signed in.
export function ConnectedDashboard(props: SignedInProps) {
  const { settings, getToken } = props;
  const url = settings.websocket_url;
  const live = useStarted(useCallback(() => newLive(url, getToken), [url, getToken]));

  if (!live) return null;
  return (
    <LiveContext.Provider value={live}>
      <GreetedDashboard {...props} live={live} />
    </LiveContext.Provider>
  );
}

function newLive(url: string, getToken: GetToken): Live {
  const clock = browserClock;
  return new Live({ url, openSocket: openBrowserSocket, getToken, clock, random: Math.random });
}

type GreetedDashboardProps = SignedInProps & { live: Live };

// Nothing is fetched before the server has said that this person may see it.
function GreetedDashboard(props: GreetedDashboardProps) {
  const { live, settings, getToken, onSignOut, onSessionEnded } = props;
  const { connection, signedIn } = useLiveState(live);
  const stopped = connection.kind === 'stopped' ? connection.reason : null;

  useEffect(() => {
    if (stopped === 'signed_out' || stopped === 'disabled') onSessionEnded(stopped);
    if (stopped === 'other_user') location.reload();
  }, [stopped, onSessionEnded]);

  const api = useMemo(
    () => browserApiClient(getToken, () => onSessionEnded('signed_out')),
    // onSessionEnded is another function with each drawing, and any of them will do.
    [getToken],
  );
  const session = useMemo(() => signedIn && { ...signedIn, settings }, [signedIn, settings]);

  if (stopped === 'banned' || stopped === 'outdated') {
    return <StoppedScreen reason={stopped} onSignOut={onSignOut} />;
  }
  if (!session) {
    const isWaiting = connection.kind === 'waiting';
    const text = isWaiting ? 'The server does not answer. Trying again…' : 'Connecting…';
    return <FullScreenNote title={settings.server_name} text={text} />;
  }
  const signOut = () => {
    live.stop('left');
    onSignOut();
  };
  if (!hasAtLeast(session.role, 'moderator')) {
    return <NoAccessScreen name={session.user.username} onSignOut={signOut} />;
  }
  return (
    <ApiContext.Provider value={api}>
      <SessionContext.Provider value={session}>
        <ConfirmProvider>
          <Shell onSignOut={signOut} />
        </ConfirmProvider>
      </SessionContext.Provider>
    </ApiContext.Provider>
  );
}
