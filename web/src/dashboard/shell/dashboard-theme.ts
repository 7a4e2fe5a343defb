import { Anchor, mergeThemeOverrides, Modal, type CSSVariablesResolver } from '@mantine/core';
import { theme } from '../../app/theme';

// The chat's theme, for more of Mantine's components than the chat has.
export const dashboardTheme = mergeThemeOverrides(theme, {
  fontSizes: { md: '15px' },
  respectReducedMotion: true,
  colors: {
    dark: [
      '#e8e6e1',
      '#c4c1ba',
      '#a09d95',
      '#6d7078',
      '#43464d',
      '#34363c',
      '#232428',
      '#1c1d20',
      '#151618',
      '#101113',
    ],
  },
  components: {
    Anchor: Anchor.extend({ defaultProps: { inherit: true } }),
    Modal: Modal.extend({ styles: { title: { fontWeight: 600 } } }),
  },
});

// Mantine's own surfaces and lines take the pages' colours (app/tokens.css), in both schemes.
const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-muted)',
  '--mantine-color-default': 'var(--surface-field)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-placeholder': 'var(--text-muted)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-red-light': 'var(--bad-surface)',
  '--mantine-color-red-light-color': 'var(--bad)',
  '--mantine-color-red-text': 'var(--bad)',
  '--mantine-color-red-filled': '#b3261e',
  '--mantine-color-red-filled-hover': '#98201a',
  '--mantine-color-yellow-light': 'var(--warn-surface)',
  '--mantine-color-yellow-light-color': 'var(--warn)',
  '--mantine-color-green-light': 'var(--good-surface)',
  '--mantine-color-green-light-color': 'var(--good)',
};

export const dashboardColours: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
