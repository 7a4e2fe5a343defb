import { Badge, Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { readProfile, type Profile } from '../api/people';
import { BanDialog } from '../bans/BanDialog';
import { MuteDialog } from '../bans/MuteDialog';
import { PageFrame } from '../shell/page-frame';
import type { PageProps } from '../shell/routes';
import { LoadedContent } from '../shell/section';
import { useHasRole, useSession } from '../shell/session';
import { useLoad } from '../shell/use-load';
import { AccountSection } from './AccountSection';
import { ActivitySection } from './ActivitySection';
import { FactsSection } from './FactsSection';
import { RecentMessages } from './RecentMessages';
import { RestrictionsSection } from './RestrictionsSection';
import { RoleBadge } from './RoleBadge';

export function PersonPage({ id }: PageProps) {
  const api = useApi();
  const read = useCallback((signal: AbortSignal) => readProfile(api, id, signal), [api, id]);
  const loaded = useLoad(read);
  const profile = loaded.value?.user.id === id ? loaded.value : null;
  return (
    <PageFrame
      title={profile?.user.username ?? 'Person'}
      description={profile && <Marks profile={profile} />}
      actions={profile && <Actions profile={profile} onDone={loaded.reload} />}
    >
      <LoadedContent
        loaded={{ ...loaded, value: profile }}
        failure="This person could not be read."
        skeletonHeight={320}
      >
        {(shown) => <Sections key={id} profile={shown} onChanged={loaded.reload} />}
      </LoadedContent>
    </PageFrame>
  );
}

interface SectionsProps {
  profile: Profile;
  onChanged: () => void;
}

function Sections({ profile, onChanged }: SectionsProps) {
  const isAdmin = useHasRole('admin');
  const { user, account } = profile;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <FactsSection profile={profile} />
        <ActivitySection userId={user.id} />
      </SimpleGrid>
      {isAdmin && account && (
        <AccountSection user={user} account={account} onChanged={onChanged} />
      )}
      <RestrictionsSection profile={profile} onChanged={onChanged} />
      <RecentMessages userId={user.id} username={user.username} />
    </Stack>
  );
}

function Marks({ profile: { user, account } }: { profile: Profile }) {
  return (
    <Group gap="xs" mt={4}>
      <RoleBadge role={user.role} />
      <Badge
        variant="light"
        color={user.is_online ? 'green' : 'gray'}
        tt="none"
        data-testid="presence"
      >
        {user.is_online ? 'Online' : 'Offline'}
      </Badge>
      {user.is_banned && (
        <Badge variant="light" color="red" tt="none" data-testid="banned">
          Banned
        </Badge>
      )}
      {account?.disabled && (
        <Badge variant="light" color="red" tt="none" data-testid="disabled">
          Account disabled
        </Badge>
      )}
    </Group>
  );
}

function Actions({ profile: { user }, onDone }: { profile: Profile; onDone: () => void }) {
  const [isBanning, banning] = useDisclosure(false);
  const [isMuting, muting] = useDisclosure(false);
  const { id, username } = user;
  // The server refuses it; nobody means to.
  if (useSession().user.id === id) return null;
  return (
    <>
      <Button variant="default" onClick={muting.open} data-testid="mute">
        Mute…
      </Button>
      <Button color="red" onClick={banning.open} disabled={user.is_banned} data-testid="ban">
        Ban…
      </Button>
      <BanDialog
        opened={isBanning}
        onClose={banning.close}
        person={{ id, username }}
        onDone={onDone}
      />
      <MuteDialog
        opened={isMuting}
        onClose={muting.close}
        person={{ id, username }}
        onDone={onDone}
      />
    </>
  );
}
