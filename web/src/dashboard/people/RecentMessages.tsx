import { Anchor } from '@mantine/core';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { searchMessages, type FoundMessage } from '../api/messages';
import { PagedContent } from '../lists/PagedContent';
import { usePagedList } from '../lists/use-paged-list';
import { MessageList } from '../messages/MessageList';
import { linkTo } from '../shell/location';
import { Section } from '../shell/section';

const PAGE_SIZE = 10;

export function RecentMessages({ userId, username }: { userId: string; username: string }) {
  const api = useApi();
  const read = useCallback(
    async (after: readonly FoundMessage[], signal: AbortSignal) => {
      const search = { userId, limit: PAGE_SIZE, beforeId: after.at(-1)?.id };
      const { messages, has_more } = await searchMessages(api, search, signal);
      return { items: messages, hasMore: has_more };
    },
    [api, userId],
  );
  const list = usePagedList(read);
  const removed = useCallback(
    (ids: readonly number[]) => {
      list.change((messages) => messages.filter(({ id }) => !ids.includes(id)));
    },
    [list.change],
  );
  return (
    <Section
      title="Recent messages"
      actions={
        <Anchor
          {...linkTo(`/admin/messages?author=${encodeURIComponent(userId)}`)}
          size="sm"
          style={{ whiteSpace: 'nowrap' }}
        >
          Search in them
        </Anchor>
      }
    >
      <PagedContent
        list={list}
        failure="The messages could not be read."
        empty={`${username} has written nothing in a channel, or all of it was removed.`}
        noun="message"
      >
        {(messages) => (
          <MessageList messages={messages} showsAuthor={false} onRemoved={removed} />
        )}
      </PagedContent>
    </Section>
  );
}
