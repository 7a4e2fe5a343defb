import type { ClientSettings } from './client-settings';

// One of our pages, as the sign-in service knows it. Each has tokens of its own, because the server
// tells them apart: whoever is at the dashboard alone is not shown as online.
export interface PageClient {
  clientId(settings: ClientSettings): string;
  // Where the sign-in service sends back to.
  readonly path: string;
  // What the names under which this page keeps something begin with.
  readonly keyPrefix: string;
}

export const CHAT: PageClient = {
  clientId: (settings) => settings.chat_client,
  path: '/',
  keyPrefix: 'hubbub',
};

export const DASHBOARD: PageClient = {
  clientId: (settings) => settings.dashboard_client,
  path: '/admin',
  keyPrefix: 'hubbub.dashboard',
};
