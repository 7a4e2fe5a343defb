import { ApiError } from '../api/api-error';
import { reasonOf } from '../shell/notify';

// Why somebody was not banned or muted. A refusal for a role is about the role of that person:
// whoever may not ban at all does not see this page.
export function refusalText(error: unknown, username: string): string {
  if (error instanceof ApiError && error.status === 403) {
    return `The role of ${username} is not below yours: somebody above both has to do this.`;
  }
  return reasonOf(error);
}
