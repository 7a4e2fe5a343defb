// What the actions of docs/api.md, "Audit log", are to a reader.
const TEXTS: Record<string, string> = {
  'channel.create': 'Channel created',
  'channel.update': 'Channel changed',
  'channel.reorder': 'Channel moved',
  'channel.archive': 'Channel archived',
  'channel.purge': 'Channel purged',
  'channel.restore': 'Channel restored',
  'limits.update': 'Limits changed',
  'message.remove': 'Message removed',
  'user.ban': 'Person banned',
  'user.pardon': 'Person pardoned',
  'user.mute': 'Person muted',
  'user.unmute': 'Person unmuted',
  'account.add': 'Account made',
  'account.role': 'Role changed',
  'account.disable': 'Account disabled',
  'account.enable': 'Account enabled',
  'account.reset_link': 'Password link made',
  'account.invite': 'Invitation made',
  'account.revoke_invitation': 'Invitation revoked',
};

// A later server may know more actions than this page.
export function actionText(action: string): string {
  return TEXTS[action] ?? action;
}

// Beginnings that the server takes for all actions that start so.
export const ACTION_GROUPS = [
  { value: 'channel.', label: 'Channels' },
  { value: 'message.', label: 'Messages' },
  { value: 'user.', label: 'Bans and mutes' },
  { value: 'account.', label: 'Accounts' },
  { value: 'limits.', label: 'Limits' },
];
