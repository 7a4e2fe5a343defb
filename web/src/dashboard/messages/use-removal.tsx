import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { REMOVED_MESSAGES_MAX, removeMessages } from '../api/messages';
import { useConfirm } from '../shell/confirm';
import { countText } from '../shell/formats';
import { notifyDone, notifyFailed } from '../shell/notify';
import { batchesOf } from './selection';

// Asks, removes, and says what came of it. `removed` hears of each part that is gone, so that a
// failure in the middle leaves the list right.
export function useRemoval(
  removed: (ids: readonly number[]) => void,
): (ids: readonly number[]) => Promise<void> {
  const api = useApi();
  const confirm = useConfirm();
  return useCallback(
    async (ids) => {
      const messages = countText(ids.length, 'message');
      const isSure = await confirm({
        title: `Remove ${messages}?`,
        text: 'The text is erased for everyone, in open pages at once. This cannot be undone.',
        action: `Remove ${messages}`,
        isDangerous: true,
      });
      if (!isSure) return;
      let done = 0;
      try {
        for (const batch of batchesOf(ids, REMOVED_MESSAGES_MAX)) {
          await removeMessages(api, batch);
          done += batch.length;
          removed(batch);
        }
      } catch (error) {
        const left = countText(ids.length - done, 'message');
        return notifyFailed(`${left} could not be removed`, error);
      }
      notifyDone(`${messages} removed`);
    },
    [api, confirm, removed],
  );
}
