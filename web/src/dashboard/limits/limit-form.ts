import { ApiError } from '../api/api-error';
import type { RateLimit } from '../api/limits';

// docs/api.md, Limits.
export const MESSAGE_LIMIT_MAX = 1_000_000;
export const WINDOW_SECONDS_MAX = 86_400;

// A number field that was emptied holds ''.
export interface LimitFormValues {
  messageLimit: number | string;
  windowSeconds: number | string;
}

export type LimitFormErrors = Partial<Record<keyof LimitFormValues, string>>;

export function checkLimit(values: LimitFormValues): LimitFormErrors {
  const errors: LimitFormErrors = {};
  if (!isWithin(values.messageLimit, MESSAGE_LIMIT_MAX)) {
    errors.messageLimit = 'A whole number from 1 to 1,000,000.';
  }
  if (!isWithin(values.windowSeconds, WINDOW_SECONDS_MAX)) {
    errors.windowSeconds = 'A whole number of seconds from 1 to 86,400, which is a day.';
  }
  return errors;
}

// REQUIRES: checkLimit() found nothing.
export function limitOf(values: LimitFormValues): RateLimit {
  return {
    messageLimit: Number(values.messageLimit),
    windowSeconds: Number(values.windowSeconds),
  };
}

// "20 messages in 10 seconds per person"; null while the form does not say one.
export function limitText(values: LimitFormValues): string | null {
  if (Object.keys(checkLimit(values)).length > 0) return null;
  const { messageLimit, windowSeconds } = limitOf(values);
  const messages = messageLimit === 1 ? '1 message' : `${messageLimit} messages`;
  const seconds = windowSeconds === 1 ? '1 second' : `${windowSeconds} seconds`;
  return `${messages} in ${seconds} per person`;
}

const FIELDS: Record<string, keyof LimitFormValues> = {
  message_limit: 'messageLimit',
  window_seconds: 'windowSeconds',
};

// What a refusal says of single fields; null: it is about the whole.
export function limitErrorsOf(error: unknown): LimitFormErrors | null {
  if (!(error instanceof ApiError) || error.field === null) return null;
  const field = FIELDS[error.field];
  return field ? { [field]: error.detail } : null;
}

function isWithin(value: number | string, most: number): boolean {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= most;
}
