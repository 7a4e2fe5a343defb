import { Anchor } from '@mantine/core';
import { linkTo } from '../shell/location';
import { personPath } from '../shell/routes';

// Who acted on the server's command line has no id, and no page.
export function PersonLink({ id, username }: { id: string; username: string }) {
  if (id === '') return <strong>{username}</strong>;
  return (
    <Anchor {...linkTo(personPath(id))} fw={600} inherit>
      {username}
    </Anchor>
  );
}
