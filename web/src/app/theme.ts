import { createTheme } from '@mantine/core';

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  colors: {
    ink: [
      '#eef2fb',
      '#dbe3f5',
      '#b9c8ea',
      '#94abde',
      '#8ba4e0',
      '#6480c4',
      '#4c6ab2',
      '#3d5a9e',
      '#324a83',
      '#263864',
    ],
  },
});
