import { Button, Group, Paper, SegmentedControl, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { listBans, listMutes } from '../api/bans';
import { PagedContent } from '../lists/PagedContent';
import rows from '../lists/rows.module.css';
import { useSearch } from '../lists/search';
import { usePagedList } from '../lists/use-paged-list';
import { PageFrame } from '../shell/page-frame';
import { BanDialog } from './BanDialog';
import { MuteDialog } from './MuteDialog';
import { restrictionOfBan, restrictionOfMute, type Restriction } from './restriction';
import { RestrictionRow } from './RestrictionRow';
import { useLift } from './use-lift';

const PAGE_SIZE = 50;

type Kind = 'ban' | 'mute';

export function BansPage() {
  const [search, changeSearch] = useSearch();
  const kind: Kind = search.get('kind') === 'mute' ? 'mute' : 'ban';
  const isAll = search.get('show') === 'all';
  return (
    <PageFrame
      title="Bans"
      description="Who may not come in, and who may not write, with what was decided before."
    >
      <Tabs
        value={kind}
        onChange={(next) => changeSearch({ kind: next === 'mute' ? next : null })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="ban">Bans</Tabs.Tab>
          <Tabs.Tab value="mute">Mutes</Tabs.Tab>
        </Tabs.List>
        {(['ban', 'mute'] as const).map((one) => (
          <Tabs.Panel key={one} value={one}>
            <Restrictions
              key={`${one} ${isAll}`}
              kind={one}
              isAll={isAll}
              onShow={(show) => changeSearch({ show: show === 'all' ? show : null })}
            />
          </Tabs.Panel>
        ))}
      </Tabs>
    </PageFrame>
  );
}

const WORDS = {
  ban: { plural: 'bans', add: 'Ban somebody…', lift: 'Pardon', nobody: 'Nobody is banned.' },
  mute: { plural: 'mutes', add: 'Mute somebody…', lift: 'Unmute', nobody: 'Nobody is muted.' },
};

interface RestrictionsProps {
  kind: Kind;
  isAll: boolean;
  onShow: (show: string) => void;
}

function Restrictions({ kind, isAll, onShow }: RestrictionsProps) {
  const words = WORDS[kind];
  const list = useRestrictions(kind, isAll);
  const lift = useLift()[kind];
  const [isAdding, adding] = useDisclosure(false);
  const AddDialog = kind === 'ban' ? BanDialog : MuteDialog;
  const now = Date.now();

  const liftOne = async (restriction: Restriction) => {
    if (!(await lift(restriction))) return;
    const lifted = { ...restriction, lifted: true };
    list.change((items) =>
      isAll
        ? items.map((item) => (item.id === lifted.id ? lifted : item))
        : items.filter(({ id }) => id !== lifted.id),
    );
  };
  return (
    <>
      <Group justify="space-between" gap="sm" mb="sm">
        <SegmentedControl
          aria-label={`Which ${words.plural}`}
          data={[
            { value: 'active', label: 'In force' },
            { value: 'all', label: 'All' },
          ]}
          value={isAll ? 'all' : 'active'}
          onChange={onShow}
        />
        <Button onClick={adding.open} data-testid={`add-${kind}`}>
          {words.add}
        </Button>
      </Group>
      <Paper withBorder px="md" py="xs">
        <PagedContent
          list={list}
          failure={`The ${words.plural} could not be read.`}
          empty={isAll ? `There have been no ${words.plural}.` : words.nobody}
          noun={kind}
        >
          {(restrictions) => (
            <ul className={rows.rows}>
              {restrictions.map((restriction) => (
                <RestrictionRow
                  key={restriction.id}
                  restriction={restriction}
                  now={now}
                  liftLabel={words.lift}
                  onLift={() => void liftOne(restriction)}
                  testId={`${kind}-row`}
                />
              ))}
            </ul>
          )}
        </PagedContent>
      </Paper>
      <AddDialog opened={isAdding} onClose={adding.close} person={null} onDone={list.reload} />
    </>
  );
}

function useRestrictions(kind: Kind, isAll: boolean) {
  const api = useApi();
  const read = useCallback(
    async (after: readonly Restriction[], signal: AbortSignal) => {
      const search = { limit: PAGE_SIZE, offset: after.length, active: !isAll };
      if (kind === 'ban') {
        const { records, has_more } = await listBans(api, search, signal);
        return { items: records.map(restrictionOfBan), hasMore: has_more };
      }
      const { mutes, has_more } = await listMutes(api, search, signal);
      return { items: mutes.map(restrictionOfMute), hasMore: has_more };
    },
    [api, kind, isAll],
  );
  return usePagedList(read);
}
