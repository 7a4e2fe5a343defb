import { Button, Stack } from '@mantine/core';
import { useCallback } from 'react';
import { readLimitedPeople } from '../api/activity';
import { useApi } from '../api/api-context';
import { readRateLimit } from '../api/limits';
import { PageFrame } from '../shell/page-frame';
import { LoadedContent, Section } from '../shell/section';
import { useLoad } from '../shell/use-load';
import { LimitedPeople } from './LimitedPeople';
import { LimitForm } from './LimitForm';

export function LimitsPage() {
  const api = useApi();
  const limit = useLoad(useCallback((signal: AbortSignal) => readRateLimit(api, signal), [api]));
  const people = useLoad(
    useCallback((signal: AbortSignal) => readLimitedPeople(api, signal), [api]),
  );
  const refresh = (
    <Button size="xs" variant="default" loading={people.isLoading} onClick={people.reload}>
      Refresh
    </Button>
  );
  return (
    <PageFrame title="Limits">
      <Stack gap="md">
        <Section
          title="Messages per person"
          description={
            'So many messages in so many seconds, over all connections of a person together. ' +
            'What is more is refused, and the sender is told how long to wait.'
          }
        >
          <LoadedContent loaded={limit} failure="The limit could not be read.">
            {(value) => <LimitForm limit={value} onDone={limit.reload} />}
          </LoadedContent>
        </Section>
        <Section
          title="Who runs into it"
          description="Refused by this limit or by slow mode since the server started"
          actions={refresh}
        >
          <LoadedContent
            loaded={people}
            failure="The refusals could not be read."
            empty="Nobody was refused since the server started."
            isEmpty={(list) => list.length === 0}
          >
            {(list) => <LimitedPeople people={list} />}
          </LoadedContent>
        </Section>
      </Stack>
    </PageFrame>
  );
}
