import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './page-frame.module.css';

interface PageFrameProps {
  title: string;
  // One sentence on what this page is for.
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

// What every page of the dashboard stands in.
export function PageFrame({ title, description, actions, children }: PageFrameProps) {
  useEffect(() => {
    document.title = `${title} – dashboard`;
  }, [title]);
  return (
    <div className={classes.page}>
      <Group component="header" justify="space-between" align="flex-start" gap="md" mb="lg">
        <Stack gap={2} className={classes.heading}>
          <Title order={1} className={classes.title} data-testid="page-title">
            {title}
          </Title>
          {description && (
            <Text component="div" c="dimmed">
              {description}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
