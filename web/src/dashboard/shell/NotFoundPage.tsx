import { Anchor, Text } from '@mantine/core';
import { linkTo } from './location';
import { PageFrame } from './page-frame';

export function NotFoundPage() {
  return (
    <PageFrame title="There is no such page">
      <Text data-testid="not-found">
        Perhaps it has moved, or it is for a role that you do not have.{' '}
        <Anchor {...linkTo('/admin')}>Go to the overview</Anchor>
      </Text>
    </PageFrame>
  );
}
