import { Button, Group, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { countText } from '../shell/formats';
import { Empty, LoadFailure } from '../shell/section';
import type { PagedList } from './use-paged-list';

interface PagedContentProps<T> {
  list: PagedList<T>;
  // What could not be read: "The bans could not be read."
  failure: string;
  empty: ReactNode;
  // What one of them is: "ban".
  noun: string;
  plural?: string;
  children: (items: readonly T[]) => ReactNode;
}

// What was read so far, and the way to more of it.
export function PagedContent<T>(props: PagedContentProps<T>) {
  const { list, failure, empty, noun, plural, children } = props;
  const { items, hasMore, reading, error } = list;
  const isMoreMissing = items !== null && items.length > 0 && hasMore;
  return (
    <div aria-busy={reading !== null}>
      {items === null && error === null && <Skeleton height={160} data-testid="loading" />}
      {items !== null && (items.length === 0 ? <Empty>{empty}</Empty> : children(items))}
      {error !== null && (
        <LoadFailure
          what={failure}
          error={error}
          onRetry={isMoreMissing ? list.readMore : list.reload}
        />
      )}
      {items !== null && items.length > 0 && (
        <Group justify="space-between" mt="md" mih={36}>
          <Text size="sm" c="dimmed" role="status">
            {countText(items.length, noun, plural)}
            {hasMore ? ' so far' : ''}
          </Text>
          {hasMore && (
            <Button
              variant="default"
              loading={reading === 'more'}
              onClick={list.readMore}
              data-testid="load-more"
            >
              Load more
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}
