import { Anchor } from '@mantine/core';
import { linkTo } from '../shell/location';
import { personPath } from '../shell/routes';

export function PersonLink({ id, username }: { id: string; username: string }) {
  return (
    <Anchor {...linkTo(personPath(id))} fw={600} inherit>
      {username}
    </Anchor>
  );
}
