import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import { updateRateLimit, type RateLimit } from '../api/limits';
import { notifyDone, notifyFailed } from '../shell/notify';
import { checkLimit, limitErrorsOf, limitOf, limitText, type LimitFormValues } from './limit-form';

interface LimitFormProps {
  limit: RateLimit;
  onDone: () => void;
}

export function LimitForm({ limit, onDone }: LimitFormProps) {
  const api = useApi();
  const [isBusy, setBusy] = useState(false);
  const form = useForm<LimitFormValues>({ initialValues: { ...limit }, validate: checkLimit });

  const { setInitialValues, setValues } = form;
  const { messageLimit, windowSeconds } = limit;
  useEffect(() => {
    setInitialValues({ messageLimit, windowSeconds });
    setValues({ messageLimit, windowSeconds });
  }, [messageLimit, windowSeconds, setInitialValues, setValues]);

  const submit = async (values: LimitFormValues) => {
    setBusy(true);
    try {
      await updateRateLimit(api, limitOf(values));
      notifyDone('Limit changed', `${limitText(values)}, from the next message on.`);
      onDone();
    } catch (error) {
      const fieldErrors = limitErrorsOf(error);
      if (fieldErrors) form.setErrors(fieldErrors);
      else notifyFailed('The limit was not changed', error);
    } finally {
      setBusy(false);
    }
  };

  const text = limitText(form.values);
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Group align="flex-start" gap="md">
          <NumberInput
            label="Messages"
            min={1}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            w={160}
            data-testid="message-limit"
            {...form.getInputProps('messageLimit')}
          />
          <NumberInput
            label="Seconds"
            min={1}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            w={160}
            data-testid="window-seconds"
            {...form.getInputProps('windowSeconds')}
          />
        </Group>
        <Text role="status" data-testid="limit-text">
          {text}
        </Text>
        <Group>
          <Button
            type="submit"
            loading={isBusy}
            disabled={!form.isDirty()}
            data-testid="limit-save"
          >
            Save
          </Button>
          {form.isDirty() && (
            <Button variant="default" onClick={() => form.reset()}>
              Undo
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
