import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { changeRole, createResetLink, setDisabled } from '../api/accounts';
import { useApi } from '../api/api-context';
import type { Profile } from '../api/people';
import { roleOf, ROLES, type Role } from '../api/role';
import { useConfirm, type Question } from '../shell/confirm';
import { durationText } from '../shell/formats';
import { notifyDone, reasonOf } from '../shell/notify';
import { Section } from '../shell/section';
import { CopyField } from './CopyField';
import { ROLE_NAMES } from './RoleBadge';

interface AccountSectionProps {
  user: Profile['user'];
  account: NonNullable<Profile['account']>;
  onChanged: () => void;
}

interface ResetLink {
  url: string;
  expires_in_seconds: number;
}

// What an administrator can do with a built-in account. Refusals stand here until the next try.
export function AccountSection({ user, account, onChanged }: AccountSectionProps) {
  const { id, username } = user;
  const api = useApi();
  const confirm = useConfirm();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [resetLink, setResetLink] = useState<ResetLink | null>(null);
  const role = roleOf(account.roles);

  const change = async (question: Question, done: string, write: () => Promise<void>) => {
    setRefusal(null);
    if (!(await confirm(question))) return;
    try {
      await write();
    } catch (error) {
      return setRefusal(reasonOf(error));
    }
    notifyDone(done);
    onChanged();
  };
  const takeRole = (next: Role) =>
    change(
      roleQuestion(username, next),
      `${username} is ${ROLE_NAMES[next].toLowerCase()} now`,
      () => changeRole(api, id, next),
    );
  const disable = () =>
    change(disableQuestion(username), `The account of ${username} is disabled`, () =>
      setDisabled(api, id, true),
    );
  const enable = () =>
    change(
      { title: `Enable ${username}?`, text: 'They can sign in again.', action: 'Enable' },
      `The account of ${username} is enabled`,
      () => setDisabled(api, id, false),
    );
  const reset = () =>
    change(resetQuestion(username), 'The link is ready', async () => {
      setResetLink(await createResetLink(api, id));
    });

  return (
    <Section title="Account" description="Acts on open connections at once.">
      <Stack gap="md">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="Role"
            value={role}
            data={ROLES.map((one) => ({ value: one, label: ROLE_NAMES[one] }))}
            onChange={(event) => void takeRole(event.currentTarget.value as Role)}
            data-testid="account-role"
          />
          {account.disabled ? (
            <Button variant="default" onClick={() => void enable()} data-testid="account-enable">
              Enable account…
            </Button>
          ) : (
            <Button variant="default" onClick={() => void disable()} data-testid="account-disable">
              Disable account…
            </Button>
          )}
          <Button variant="default" onClick={() => void reset()} data-testid="account-reset">
            Password link…
          </Button>
        </Group>
        {refusal !== null && (
          <Alert color="red" role="alert" title="Not changed" data-testid="refusal">
            {refusal}
          </Alert>
        )}
        {resetLink && (
          <>
            <CopyField
              label={`Link with which ${username} sets a new password`}
              value={resetLink.url}
              testId="reset-link"
            />
            <Text size="sm" c="dimmed">
              Good once, for {durationText(resetLink.expires_in_seconds)}. It is not shown again.
            </Text>
          </>
        )}
      </Stack>
    </Section>
  );
}

const ROLE_CONSEQUENCES: Record<Role, string> = {
  member: 'They lose what moderators and administrators may do, on open pages at once.',
  moderator: 'They can remove messages, mute and ban members, and see staff channels.',
  admin: 'They can do everything that you can do here, take your role from you too.',
};

function roleQuestion(username: string, role: Role): Question {
  return {
    title: `Make ${username} ${role === 'admin' ? 'an' : 'a'} ${ROLE_NAMES[role].toLowerCase()}?`,
    text: ROLE_CONSEQUENCES[role],
    action: `Make ${ROLE_NAMES[role].toLowerCase()}`,
  };
}

function disableQuestion(username: string): Question {
  return {
    title: `Disable the account of ${username}?`,
    text: 'Their connections end at once, and they cannot sign in until the account is enabled.',
    action: 'Disable account',
    isDangerous: true,
  };
}

function resetQuestion(username: string): Question {
  return {
    title: `Make a password link for ${username}?`,
    text: 'Whoever has the link can set a new password and use the account. Hand it only to them.',
    action: 'Make link',
  };
}
