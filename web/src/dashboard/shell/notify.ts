import { notifications } from '@mantine/notifications';
import { ApiError } from '../api/api-error';

const FAILURE_SHOWN_MS = 12_000;

// A write was done: "Channel archived".
export function notifyDone(what: string, detail?: string): void {
  notifications.show({ title: what, message: detail, color: 'green', withBorder: true });
}

// A write was not done, and why: "The channel was not archived".
export function notifyFailed(what: string, error: unknown): void {
  notifications.show({
    title: what,
    message: reasonOf(error),
    color: 'red',
    withBorder: true,
    autoClose: FAILURE_SHOWN_MS,
  });
}

// Says what became of a write, whichever way it ended. True: it was done.
export async function announce(
  done: string,
  failed: string,
  write: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await write();
  } catch (error) {
    notifyFailed(failed, error);
    return false;
  }
  notifyDone(done);
  return true;
}

// The reason in words for the person, with what to do where that is known.
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page. Please reload it.';
  return isUnknownRoute(error) ? 'The server does not have this function.' : withWait(error);
}

// docs/api.md: how an unknown path and a wrong method are refused.
function isUnknownRoute({ status, detail }: ApiError): boolean {
  return status === 405 || (status === 404 && detail === '404 page not found');
}

function withWait({ detail, retryAfterMs }: ApiError): string {
  if (retryAfterMs === null) return detail;
  return `${detail} Try again in ${Math.max(1, Math.ceil(retryAfterMs / 1000))} s.`;
}
