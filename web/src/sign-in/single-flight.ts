import type { Clock } from '../connection/clock';

// One tab at a time. Web Locks do this, but exist only in a secure context; elsewhere a lease in
// localStorage does: write a name, wait until a competing write would have shown, look whose it is.
// What one tab writes to localStorage reaches the others' processes only a moment later, lock or no
// lock: seen with Chromium. So whoever ran stays in front this much longer.
const SETTLE_MS = 150;
const RECHECK_MS = 150;
// A tab that was closed while it held the lease blocks the others no longer than this.
const LEASE_MS = 15_000;

export interface SingleFlightOptions {
  // What the tabs share: the name of the lock, and of the lease in the storage.
  key: string;
  locks: LockManager | undefined;
  storage: Storage;
  clock: Clock;
  newName: () => string;
}

export type SingleFlight = <T>(run: () => Promise<T>) => Promise<T>;

export function singleFlight({
  key,
  locks,
  storage,
  clock,
  newName,
}: SingleFlightOptions): SingleFlight {
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => void clock.after(milliseconds, resolve));

  const runAndSettle = async <T>(run: () => Promise<T>): Promise<T> => {
    const result = await run();
    await pause(SETTLE_MS);
    return result;
  };

  if (locks) return async (run) => locks.request(key, () => runAndSettle(run));

  async function acquire(name: string): Promise<void> {
    for (;;) {
      if (leaseIsFree(storage.getItem(key), clock.now())) {
        storage.setItem(key, `${clock.now() + LEASE_MS} ${name}`);
        await pause(SETTLE_MS);
        if (storage.getItem(key)?.endsWith(` ${name}`)) return;
      }
      await pause(RECHECK_MS);
    }
  }

  return async (run) => {
    const name = newName();
    await acquire(name);
    try {
      return await runAndSettle(run);
    } finally {
      if (storage.getItem(key)?.endsWith(` ${name}`)) storage.removeItem(key);
    }
  };
}

function leaseIsFree(lease: string | null, now: number): boolean {
  const endsAt = Number(lease?.split(' ')[0] ?? 0);
  return !(endsAt > now && endsAt <= now + LEASE_MS);
}
