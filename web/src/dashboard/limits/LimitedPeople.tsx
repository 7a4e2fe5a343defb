import { Anchor, Table } from '@mantine/core';
import type { LimitedPerson } from '../api/activity';
import { momentText, numberText } from '../shell/formats';
import { linkTo } from '../shell/location';
import { personPath } from '../shell/routes';

export function LimitedPeople({ people }: { people: readonly LimitedPerson[] }) {
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table data-testid="limited-people">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Person</Table.Th>
            <Table.Th scope="col" ta="right">
              Refused
            </Table.Th>
            <Table.Th scope="col">Last time</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.user_id}>
              <Table.Td>
                <Anchor {...linkTo(personPath(person.user_id))}>{person.username}</Anchor>
              </Table.Td>
              <Table.Td ta="right">{numberText(person.refused)}</Table.Td>
              <Table.Td>{momentText(person.last_refused_at)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
