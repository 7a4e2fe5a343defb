import { Badge, Group, Paper, Space, Stack, Table } from '@mantine/core';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { findPeople, type FoundPerson } from '../api/people';
import { PagedContent } from '../lists/PagedContent';
import { PersonLink } from '../lists/PersonLink';
import { useSearch } from '../lists/search';
import { SearchField } from '../lists/SearchField';
import { usePagedList } from '../lists/use-paged-list';
import { agoText, momentText } from '../shell/formats';
import { PageFrame } from '../shell/page-frame';
import { useHasRole, useSession } from '../shell/session';
import { Invitations } from './Invitations';
import { RoleBadge } from './RoleBadge';

const PAGE_SIZE = 50;

export function PeoplePage() {
  const [search, changeSearch] = useSearch();
  const name = search.get('name') ?? '';
  const list = useFoundPeople(name);
  const isAdmin = useHasRole('admin');
  const hasAccounts = useSession().settings.built_in_accounts;
  return (
    <PageFrame title="People" description="Everyone who has ever signed in here.">
      <Stack gap="lg">
        <Paper withBorder p="md">
          <SearchField
            label="Name"
            placeholder="Part of a name"
            value={name}
            onSearch={(text) => changeSearch({ name: text })}
            testId="person-search"
          />
          <Space h="md" />
          <PagedContent
            list={list}
            failure="The people could not be read."
            empty={name === '' ? 'Nobody has signed in yet.' : `Nobody is called “${name}”.`}
            noun="person"
            plural="people"
          >
            {(people) => <PeopleTable people={people} />}
          </PagedContent>
        </Paper>
        {isAdmin && hasAccounts && <Invitations />}
      </Stack>
    </PageFrame>
  );
}

function PeopleTable({ people }: { people: readonly FoundPerson[] }) {
  const now = Date.now();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Role</Table.Th>
          <Table.Th>Last seen</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id} data-testid="person-row">
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Group gap="xs">
                <PersonLink id={person.id} username={person.username} />
                {person.is_banned && (
                  <Badge variant="light" color="red" tt="none">
                    Banned
                  </Badge>
                )}
              </Group>
            </Table.Td>
            <Table.Td>
              <RoleBadge role={person.role} />
            </Table.Td>
            <Table.Td>
              <time dateTime={person.last_seen} title={momentText(person.last_seen)}>
                {agoText(person.last_seen, now)}
              </time>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function useFoundPeople(name: string) {
  const api = useApi();
  const read = useCallback(
    async (after: readonly FoundPerson[], signal: AbortSignal) => {
      const page = { limit: PAGE_SIZE, offset: after.length };
      const { users, has_more } = await findPeople(api, name, page, signal);
      return { items: users, hasMore: has_more };
    },
    [api, name],
  );
  return usePagedList(read);
}
