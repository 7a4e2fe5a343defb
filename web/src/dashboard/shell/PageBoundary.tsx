import { Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { PageFrame } from './page-frame';

// A page that cannot be drawn or loaded (the server was replaced by a newer one meanwhile) takes
// nothing else with it.
export class PageBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <PageFrame title="This page could not be shown">
        <Text mb="md">The server may have been updated since the dashboard was opened.</Text>
        <Button onClick={() => location.reload()}>Reload</Button>
      </PageFrame>
    );
  }
}
