import { useApi } from '../api/api-context';
import { archiveChannel, purgeChannel, restoreChannel } from '../api/channels';
import { useConfirm } from '../shell/confirm';
import { announce } from '../shell/notify';

interface Named {
  readonly id: number;
  readonly name: string;
}

// What asks before it writes. `changed` runs after a write, done or refused: a refusal often means
// that somebody else was quicker.
export function useChannelActions(changed: () => void) {
  const api = useApi();
  const confirm = useConfirm();

  const archive = async ({ id, name }: Named) => {
    const yes = await confirm({
      title: `Archive # ${name}?`,
      text: 'Nobody sees it or writes in it any more. Its messages stay, and it can be restored.',
      action: 'Archive channel',
    });
    if (!yes) return;
    await announce(`Channel “${name}” archived`, 'The channel was not archived', () =>
      archiveChannel(api, id),
    );
    changed();
  };

  const purge = async ({ id, name }: Named) => {
    const yes = await confirm({
      title: `Delete # ${name} for good?`,
      text: 'The channel and all of its messages are deleted. This cannot be undone.',
      action: 'Delete for good',
      isDangerous: true,
      typed: name,
    });
    if (!yes) return;
    await announce(`Channel “${name}” deleted for good`, 'The channel was not deleted', () =>
      purgeChannel(api, id),
    );
    changed();
  };

  const restore = async ({ id, name }: Named) => {
    await announce(`Channel “${name}” restored`, 'The channel was not restored', () =>
      restoreChannel(api, id),
    );
    changed();
  };

  return { archive, purge, restore };
}
