import { NativeSelect, Paper, SimpleGrid } from '@mantine/core';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { readAuditLog, type AuditRecord } from '../api/audit';
import { PagedContent } from '../lists/PagedContent';
import { PersonPicker } from '../lists/PersonPicker';
import rows from '../lists/rows.module.css';
import { useSearch } from '../lists/search';
import { usePagedList } from '../lists/use-paged-list';
import { PageFrame } from '../shell/page-frame';
import { ACTION_GROUPS } from './actions';
import { AuditRow } from './AuditRow';

const PAGE_SIZE = 50;

export function AuditPage() {
  const [search, changeSearch] = useSearch();
  const action = search.get('action') ?? '';
  const actor = search.get('actor') ?? '';
  const list = useAuditRecords(action, actor);
  return (
    <PageFrame
      title="Audit log"
      description="Every administrative act, newest first. Nobody can change what stands here."
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mb="md">
        <NativeSelect
          label="About"
          data={[{ value: '', label: 'Everything' }, ...ACTION_GROUPS]}
          value={action}
          onChange={(event) => changeSearch({ action: event.currentTarget.value })}
          data-testid="audit-action"
        />
        <PersonPicker
          label="By"
          placeholder="Anybody"
          value={actor}
          onPick={(person) => changeSearch({ actor: person?.id ?? null })}
          testId="audit-actor"
        />
      </SimpleGrid>
      <Paper withBorder px="md" py="xs">
        <PagedContent
          list={list}
          failure="The audit log could not be read."
          empty={
            action === '' && actor === '' ? 'Nothing has been done yet.' : 'No record fits this.'
          }
          noun="record"
        >
          {(records) => (
            <ul className={rows.rows}>
              {records.map((record) => (
                <AuditRow key={record.id} record={record} />
              ))}
            </ul>
          )}
        </PagedContent>
      </Paper>
    </PageFrame>
  );
}

function useAuditRecords(action: string, actorId: string) {
  const api = useApi();
  const read = useCallback(
    async (after: readonly AuditRecord[], signal: AbortSignal) => {
      const beforeId = after.at(-1)?.id;
      const search = { action, actorId, limit: PAGE_SIZE, beforeId };
      const { records, has_more } = await readAuditLog(api, search, signal);
      return { items: records, hasMore: has_more };
    },
    [api, action, actorId],
  );
  return usePagedList(read);
}
