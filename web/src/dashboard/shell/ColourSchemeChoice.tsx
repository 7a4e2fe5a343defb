import {
  Center,
  SegmentedControl,
  useMantineColorScheme,
  VisuallyHidden,
  type MantineColorScheme,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { MoonIcon, SunIcon } from '../../page/icons';
import { AutoIcon } from './icons';

const option = (value: MantineColorScheme, name: string, icon: ReactNode) => ({
  value,
  label: (
    <Center h={22} title={name}>
      {icon}
      <VisuallyHidden>{name}</VisuallyHidden>
    </Center>
  ),
});

const OPTIONS = [
  option('light', 'Light colours', <SunIcon size={16} />),
  option('auto', 'Colours of the device', <AutoIcon size={16} />),
  option('dark', 'Dark colours', <MoonIcon size={16} />),
];

export function ColourSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colours"
      data={OPTIONS}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      fullWidth
      data-testid="colour-scheme"
    />
  );
}
