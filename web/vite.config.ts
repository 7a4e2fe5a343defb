import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the page and hands everything else to a server that runs beside it.
const server = process.env.HUBBUB_SERVER ?? 'http://127.0.0.1:8080';

// As the server does it: every path of the dashboard is one page.
const dashboardPaths: Plugin = {
  name: 'dashboard-paths',
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      if (/^\/admin(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/admin/index.html';
      next();
    });
  },
};

// Chat and dashboard are built one after the other, by mode, and share no chunk: neither page loads
// what only the other needs, and in both the style sheets of Mantine come before our own.
export default defineConfig(({ mode }) => ({
  plugins: [react(), dashboardPaths],
  build: {
    target: 'es2021',
    // The server's content security policy allows no inline script and no data: font.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    emptyOutDir: mode !== 'dashboard',
    rollupOptions: { input: mode === 'dashboard' ? 'admin/index.html' : 'index.html' },
  },
  server: {
    proxy: {
      '^/(client.json|realms|account|setup|join|reset)': server,
      '^/(channels|messages|users|activity|ratelimits|audit)': server,
      '/ws': { target: server, ws: true },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
  },
}));
