import type { GetToken } from '../connection/connection';
import type { ClientSettings } from './client-settings';

export type SessionEnd = 'signed_out' | 'disabled';

// What a page gets once somebody has signed in.
export interface SignedInProps {
  settings: ClientSettings;
  getToken: GetToken;
  onSignOut: () => void;
  onSessionEnded: (reason: SessionEnd) => void;
}
