import { Alert, Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { reasonOf } from './notify';
import type { Loaded } from './use-load';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, description, actions, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id} className={classes.section}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="md" wrap="nowrap">
        <div>
          <Title order={2} id={id} className={classes.title}>
            {title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" className={classes.description}>
              {description}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}

interface LoadedContentProps<T> {
  loaded: Loaded<T>;
  // What could not be read: "The bans could not be read."
  failure: string;
  // What to say where there is nothing.
  empty?: ReactNode;
  isEmpty?: (value: T) => boolean;
  skeletonHeight?: number;
  children: (value: T) => ReactNode;
}

// What was read; until then a sketch of it, and the reason with a way to try again if it failed.
export function LoadedContent<T>(props: LoadedContentProps<T>) {
  const { loaded, failure, empty, isEmpty, skeletonHeight = 120, children } = props;
  const { value, error, isLoading, reload } = loaded;
  return (
    <>
      {error !== null && <LoadFailure what={failure} error={error} onRetry={reload} />}
      {value === null && error === null && isLoading && (
        <Skeleton height={skeletonHeight} data-testid="loading" />
      )}
      {value !== null && (isEmpty?.(value) ? <Empty>{empty}</Empty> : children(value))}
    </>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return (
    <Text c="dimmed" py="sm" data-testid="empty">
      {children}
    </Text>
  );
}

interface LoadFailureProps {
  what: string;
  error: unknown;
  onRetry: () => void;
}

export function LoadFailure({ what, error, onRetry }: LoadFailureProps) {
  return (
    <Alert color="red" title={what} mb="sm" data-testid="load-failure">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{reasonOf(error)}</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
