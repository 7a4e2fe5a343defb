import { Button, SimpleGrid } from '@mantine/core';
import { PageFrame } from '../shell/page-frame';
import { ChannelsSection, PeaksSection, PeopleSection, SessionsSection } from './ActivitySections';
import { LiveFigures } from './LiveFigures';
import { useBusiestChannels, useBusiestPeople, usePeaks, useSessions } from './reads';

export function OverviewPage() {
  const sessions = useSessions();
  const peaks = usePeaks();
  const channels = useBusiestChannels();
  const people = useBusiestPeople();
  const all = [sessions, peaks, channels, people];
  const refresh = (
    <Button
      variant="default"
      loading={all.some(({ isLoading }) => isLoading)}
      onClick={() => all.forEach(({ reload }) => reload())}
    >
      Refresh
    </Button>
  );
  return (
    <PageFrame title="Overview" actions={refresh}>
      <LiveFigures />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <SessionsSection loaded={sessions} />
        <PeaksSection loaded={peaks} />
        <ChannelsSection loaded={channels} />
        <PeopleSection loaded={people} />
      </SimpleGrid>
    </PageFrame>
  );
}
