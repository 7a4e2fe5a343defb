import { useEffect, useState } from 'react';

interface Startable {
  start(): void;
  // The network or the person came back: try again at once.
  wake(): void;
  stop(reason: 'left'): void;
}

// What `make` gives, started for as long as the page shows it; null before. Another `make` makes
// another one.
export function useStarted<T extends Startable>(make: () => T): T | null {
  const [running, setRunning] = useState<T | null>(null);
  useEffect(() => {
    const started = make();
    started.start();
    setRunning(started);
    const wake = () => {
      if (document.visibilityState === 'visible') started.wake();
    };
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      started.stop('left');
    };
  }, [make]);
  return running;
}
