import { icon } from '../../page/icons';

export const OverviewIcon = icon(<path d="M4 20V11M10 20V4M16 20v-7M21 20H3" />, 'OverviewIcon');
export const MessagesIcon = icon(
  <path d="M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-4.500 4v-4H6a2 2 0 0 1-2-2z" />,
  'MessagesIcon',
);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="8.5" r="3.2" />
    <path d="M3 19.500c.6-3.300 3-5 6-5s5.400 1.700 6 5" />
    <path d="M15.500 5.600a3.200 3.200 0 0 1 0 5.800M18 14.800c1.700.8 2.700 2.400 3 4.700" />
  </>,
  'PeopleIcon',
);
export const BansIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M6.200 6.200l11.600 11.600" />
  </>,
  'BansIcon',
);
export const ChannelsIcon = icon(
  <path d="M9.500 4L7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16" />,
  'ChannelsIcon',
);
export const LimitsIcon = icon(
  <path d="M4 17.500a8.500 8.500 0 1 1 16 0M12 15.500l4-5.500M12 15.500h.1" />,
  'LimitsIcon',
);
export const AuditIcon = icon(
  <path d="M6 3.500h9l3.500 3.500v13.500H6zM14.500 3.500V7.500h4M9 12h6M9 16h6" />,
  'AuditIcon',
);
export const ChatIcon = icon(<path d="M10 5l-7 7 7 7M3.500 12H21" />, 'ChatIcon');
export const AutoIcon = icon(<path d="M4 5h16v11H4zM9 20h6M12 16v4" />, 'AutoIcon');
