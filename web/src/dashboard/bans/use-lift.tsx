import { useApi } from '../api/api-context';
import { liftMute, pardonBan } from '../api/bans';
import { useConfirm } from '../shell/confirm';
import { announce } from '../shell/notify';
import type { Restriction } from './restriction';

// Asks, ends a ban or a mute before its time, and says what came of it. True: it has ended.
export function useLift(): Record<'ban' | 'mute', (ended: Restriction) => Promise<boolean>> {
  const api = useApi();
  const confirm = useConfirm();
  return {
    ban: async ({ id, person: { username } }) => {
      const isSure = await confirm({
        title: `Pardon ${username}?`,
        text: 'They can come back at once. The ban stays in their history.',
        action: 'Pardon',
      });
      return (
        isSure &&
        announce(`${username} is pardoned`, `${username} was not pardoned`, () =>
          pardonBan(api, String(id)),
        )
      );
    },
    mute: async ({ id, person: { username } }) => {
      const isSure = await confirm({
        title: `Unmute ${username}?`,
        text: 'They can write again at once. The mute stays in their history.',
        action: 'Unmute',
      });
      return (
        isSure &&
        announce(`${username} is unmuted`, `${username} was not unmuted`, () =>
          liftMute(api, Number(id)),
        )
      );
    },
  };
}
