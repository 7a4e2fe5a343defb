import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Live, LiveState } from './live';

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive outside of the dashboard');
  return live;
}

export function useLiveState(live: Live): LiveState {
  return useSyncExternalStore(live.state.subscribe, live.state.getSnapshot);
}
