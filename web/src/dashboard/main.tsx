import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import '../app/tokens.css';
import './dashboard.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Dashboard } from './shell/Dashboard';
import { dashboardColours, dashboardTheme } from './shell/dashboard-theme';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={dashboardTheme}
      defaultColorScheme="auto"
      cssVariablesResolver={dashboardColours}
    >
      <Dashboard />
      <Notifications position="bottom-right" limit={4} />
    </MantineProvider>
  </StrictMode>,
);
