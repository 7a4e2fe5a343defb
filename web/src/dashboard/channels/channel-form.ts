import { ApiError } from '../api/api-error';
import type { Channel, ChannelChange } from '../api/channels';

// docs/api.md, Channels. The lengths are of Unicode code points.
export const NAME_LENGTH_MAX = 24;
export const DESCRIPTION_LENGTH_MAX = 512;

export interface ChannelFormValues {
  name: string;
  description: string;
  readOnly: boolean;
  staffOnly: boolean;
  isPrivate: boolean;
  slowModeSeconds: number;
}

export type ChannelFormErrors = Partial<Record<keyof ChannelFormValues, string>>;

export const NEW_CHANNEL: ChannelFormValues = {
  name: '',
  description: '',
  readOnly: false,
  staffOnly: false,
  isPrivate: false,
  slowModeSeconds: 0,
};

export function formValuesOf(channel: Channel): ChannelFormValues {
  const { name, description, readOnly, staffOnly, isPrivate, slowModeSeconds } = channel;
  return { name, description, readOnly, staffOnly, isPrivate, slowModeSeconds };
}

// What can be told before the server is asked.
export function checkChannel(values: ChannelFormValues): ChannelFormErrors {
  const errors: ChannelFormErrors = {};
  const name = values.name.trim();
  if (name === '') errors.name = 'A channel needs a name.';
  else if ([...name].length > NAME_LENGTH_MAX) {
    errors.name = `A name has at most ${NAME_LENGTH_MAX} characters.`;
  }
  if ([...values.description].length > DESCRIPTION_LENGTH_MAX) {
    errors.description = `A description has at most ${DESCRIPTION_LENGTH_MAX} characters.`;
  }
  return errors;
}

// Only what differs; null: nothing does.
export function changeOf(channel: Channel, values: ChannelFormValues): ChannelChange | null {
  const wanted = { ...values, name: values.name.trim() };
  const before = formValuesOf(channel);
  const keys = (Object.keys(before) as (keyof ChannelFormValues)[]).filter(
    (key) => before[key] !== wanted[key],
  );
  if (keys.length === 0) return null;
  return Object.fromEntries(keys.map((key) => [key, wanted[key]])) as ChannelChange;
}

const FIELDS: Record<string, keyof ChannelFormValues> = {
  name: 'name',
  description: 'description',
  read_only: 'readOnly',
  staff_only: 'staffOnly',
  private: 'isPrivate',
  slow_mode_seconds: 'slowModeSeconds',
};

// What a refusal says of single fields; null: it is about the whole.
export function fieldErrorsOf(error: unknown): ChannelFormErrors | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'conflict') return { name: 'Another channel has this name.' };
  const field = error.field === null ? undefined : FIELDS[error.field];
  return field ? { [field]: error.detail } : null;
}
