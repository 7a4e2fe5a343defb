import type { ReactNode } from 'react';

// Drawn on a grid of 24, as lines in the colour of the text around them.
export function icon(paths: ReactNode, name: string) {
  const Icon = ({ size = 18 }: { size?: number }) => (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {paths}
    </svg>
  );
  Icon.displayName = name;
  return Icon;
}

export const MenuIcon = icon(<path d="M4 7h16M4 12h16M4 17h16" />, 'MenuIcon');
export const SendIcon = icon(<path d="M5 12h13M12 5.5l6.5 6.5-6.5 6.5" />, 'SendIcon');
export const DownIcon = icon(<path d="M12 5v14M6 13l6 6 6-6" />, 'DownIcon');
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path
      d="M12 2.500v2M12 19.500v2
      M4.2 4.200l1.4 1.400M18.4 18.400l1.4 1.400M2.5 12h2M19.5 12h2
      M4.2 19.800l1.4-1.400M18.4 5.600l1.4-1.4" />
  </>,
  'SunIcon',
);
export const MoonIcon = icon(
  <path d="M20 14.500A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.500z" />,
  'MoonIcon',
);
export const LeaveIcon = icon(
  <path d="M14 4H6.500A1.5 1.5 0 0 0 5 5.500v13A1.5 1.5 0 0 0 6.5 20H14
    M10 12h10M16.5 8.500L20 12l-3.5 3.5" />,
  'LeaveIcon',
);
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8" r="3.7" />
    <path d="M4.5 20c.8-3.8 3.8-5.7 7.5-5.700s6.7 1.9 7.5 5.7" />
  </>,
  'PersonIcon',
);
export const AlertIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.500v5.500M12 16.300v.1" />
  </>,
  'AlertIcon',
);
export const LockIcon = icon(
  <>
    <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
    <path d="M8 10.500V8a4 4 0 0 1 8 0v2.500" />
  </>,
  'LockIcon',
);
export const ReadOnlyIcon = icon(
  <>
    <path d="M2.5 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z" />
    <circle cx="12" cy="12" r="2.8" />
  </>,
  'ReadOnlyIcon',
);
export const MoreIcon = icon(
  <path d="M5.500 12h.1M12 12h.1M18.500 12h.1" strokeWidth={3} />,
  'MoreIcon',
);
export const RemoveIcon = icon(
  <path
    d="M4.500 6.500h15M9.500 6.500V4.500h5v2M6.500 6.500l.8 13h9.400l.8-13
    M10 10.500v5.500M14 10.500v5.500"
  />,
  'RemoveIcon',
);
export const DashboardIcon = icon(
  <path d="M4.500 19.500h15M6.500 16V11M12 16V5.500M17.500 16V8.500" />,
  'DashboardIcon',
);
