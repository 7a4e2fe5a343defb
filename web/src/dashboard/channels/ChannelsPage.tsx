import { Button, Stack } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { listArchivedChannels, listChannels } from '../api/channels';
import { PageFrame } from '../shell/page-frame';
import { LoadedContent, Section } from '../shell/section';
import { useLoad } from '../shell/use-load';
import { ArchivedList } from './ArchivedList';
import { ChannelList } from './ChannelList';
import { ChannelModal, type Edited } from './ChannelModal';
import { useChannelActions } from './use-channel-actions';

export function ChannelsPage() {
  const api = useApi();
  const channels = useLoad(useCallback((signal: AbortSignal) => listChannels(api, signal), [api]));
  const archived = useLoad(
    useCallback((signal: AbortSignal) => listArchivedChannels(api, signal), [api]),
  );
  const [edited, setEdited] = useState<Edited | null>(null);
  const actions = useChannelActions(() => {
    channels.reload();
    archived.reload();
  });
  const create = (
    <Button onClick={() => setEdited({ kind: 'new' })} data-testid="new-channel">
      New channel
    </Button>
  );
  return (
    <PageFrame title="Channels" actions={create}>
      <Stack gap="md">
        <Section title="Channels" description="In the order in which everyone sees them">
          <LoadedContent
            loaded={channels}
            failure="The channels could not be read."
            empty="There are no channels. Create the first one."
            isEmpty={(list) => list.length === 0}
          >
            {(list) => (
              <ChannelList
                channels={list}
                reload={channels.reload}
                onEdit={(channel) => setEdited({ kind: 'existing', channel })}
                onArchive={actions.archive}
                onPurge={actions.purge}
              />
            )}
          </LoadedContent>
        </Section>
        <Section title="Archived" description="Out of sight, with their messages kept">
          <LoadedContent
            loaded={archived}
            failure="The archived channels could not be read."
            empty="No channel is archived."
            isEmpty={(list) => list.length === 0}
            skeletonHeight={60}
          >
            {(list) => (
              <ArchivedList channels={list} onRestore={actions.restore} onPurge={actions.purge} />
            )}
          </LoadedContent>
        </Section>
      </Stack>
      <ChannelModal edited={edited} onClose={() => setEdited(null)} onDone={channels.reload} />
    </PageFrame>
  );
}
