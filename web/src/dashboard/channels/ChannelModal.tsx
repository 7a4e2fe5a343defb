import {
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { createChannel, updateChannel, type Channel } from '../api/channels';
import { notifyDone, notifyFailed } from '../shell/notify';
import {
  changeOf,
  checkChannel,
  fieldErrorsOf,
  formValuesOf,
  NAME_LENGTH_MAX,
  NEW_CHANNEL,
  type ChannelFormValues,
} from './channel-form';
import { slowModeChoices } from './slow-mode';

export type Edited = { kind: 'new' } | { kind: 'existing'; channel: Channel };

interface ChannelModalProps {
  // Null: closed.
  edited: Edited | null;
  onClose: () => void;
  onDone: () => void;
}

export function ChannelModal({ edited, onClose, onDone }: ChannelModalProps) {
  const title = edited?.kind === 'existing' ? `Edit # ${edited.channel.name}` : 'New channel';
  return (
    <Modal opened={edited !== null} onClose={onClose} title={title}>
      {edited && <ChannelForm edited={edited} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function ChannelForm({ edited, onClose, onDone }: ChannelModalProps & { edited: Edited }) {
  const api = useApi();
  const [isBusy, setBusy] = useState(false);
  const channel = edited.kind === 'existing' ? edited.channel : null;
  const form = useForm<ChannelFormValues>({
    initialValues: channel ? formValuesOf(channel) : NEW_CHANNEL,
    validate: checkChannel,
  });

  const write = async (values: ChannelFormValues): Promise<string | null> => {
    if (!channel) {
      const name = values.name.trim();
      await createChannel(api, { name, description: values.description });
      return `Channel “${name}” created`;
    }
    const change = changeOf(channel, values);
    if (!change) return null;
    await updateChannel(api, channel.id, change);
    return `Channel “${values.name.trim()}” updated`;
  };

  const submit = async (values: ChannelFormValues) => {
    setBusy(true);
    try {
      const done = await write(values);
      if (done) {
        notifyDone(done);
        onDone();
      }
      onClose();
    } catch (error) {
      const fieldErrors = fieldErrorsOf(error);
      if (fieldErrors) form.setErrors(fieldErrors);
      else notifyFailed(channel ? 'The channel was not changed' : 'No channel was created', error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={`At most ${NAME_LENGTH_MAX} characters`}
          withAsterisk
          data-autofocus
          autoComplete="off"
          data-testid="channel-name"
          {...form.getInputProps('name')}
        />
        <Textarea
          label="Description"
          description="What the channel is for; shown at its top"
          autosize
          minRows={2}
          maxRows={6}
          data-testid="channel-description"
          {...form.getInputProps('description')}
        />
        {channel && (
          <>
            <Switch
              label="Read-only"
              description="Only moderators and administrators write here"
              data-testid="channel-read-only"
              {...form.getInputProps('readOnly', { type: 'checkbox' })}
            />
            <Switch
              label="Staff only"
              description="Only moderators and administrators see this channel"
              data-testid="channel-staff-only"
              {...form.getInputProps('staffOnly', { type: 'checkbox' })}
            />
            <Switch
              label="Private"
              description="Only administrators see this channel"
              data-testid="channel-private"
              {...form.getInputProps('isPrivate', { type: 'checkbox' })}
            />
            <NativeSelect
              label="Slow mode"
              description="How long a member waits between two messages"
              data={slowModeChoices(channel.slowModeSeconds)}
              value={String(form.values.slowModeSeconds)}
              onChange={(event) =>
                form.setFieldValue('slowModeSeconds', Number(event.currentTarget.value))
              }
              error={form.errors.slowModeSeconds}
              data-testid="channel-slow-mode"
            />
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} data-testid="channel-save">
            {channel ? 'Save' : 'Create channel'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
