import { Anchor } from '@mantine/core';
import { linkTo } from '../shell/location';
import { personPath } from '../shell/routes';

// Who acted on the command line, and the server itself, which wrote the welcome: they have no page.
const IDS_OF_NOBODY = ['', 'hubbub'];

export function PersonLink({ id, username }: { id: string; username: string }) {
  if (IDS_OF_NOBODY.includes(id)) return <strong>{username}</strong>;
  return (
    <Anchor {...linkTo(personPath(id))} fw={600} inherit>
      {username}
    </Anchor>
  );
}
