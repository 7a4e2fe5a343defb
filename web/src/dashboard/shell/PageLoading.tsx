import { Skeleton, VisuallyHidden } from '@mantine/core';

export function PageLoading() {
  return (
    <div role="status">
      <VisuallyHidden>Loading…</VisuallyHidden>
      <Skeleton height={32} width={180} mb="lg" />
      <Skeleton height={240} />
    </div>
  );
}
