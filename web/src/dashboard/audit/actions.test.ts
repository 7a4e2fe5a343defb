import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../api/audit';
import { ACTION_GROUPS, actionText } from './actions';

describe('actions of the audit log', () => {
  it.each(AUDIT_ACTIONS)('%s has words, and a group to find it by', (action) => {
    expect(actionText(action)).not.toBe(action);
    expect(ACTION_GROUPS.filter(({ value }) => action.startsWith(value))).toHaveLength(1);
  });

  it('of a later server are shown as it names them', () => {
    expect(actionText('channel.paint')).toBe('channel.paint');
  });
});
