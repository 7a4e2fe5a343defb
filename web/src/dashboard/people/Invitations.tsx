import { Button, Group, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import {
  createInvitation,
  listInvitations,
  revokeInvitation,
  type Invitation,
} from '../api/accounts';
import { useApi } from '../api/api-context';
import { ApiError } from '../api/api-error';
import rows from '../lists/rows.module.css';
import { useConfirm } from '../shell/confirm';
import { agoText, countText, momentText } from '../shell/formats';
import { announce } from '../shell/notify';
import { LoadedContent, Section } from '../shell/section';
import { useLoad } from '../shell/use-load';
import { CopyField } from './CopyField';
import { invitationOf } from './invitation-form';

export function Invitations() {
  const api = useApi();
  const read = useCallback((signal: AbortSignal) => listInvitations(api, signal), [api]);
  const loaded = useLoad(read);
  // People come by another identity provider: there is nobody to invite here.
  if (loaded.error instanceof ApiError && loaded.error.status === 404) return null;
  return (
    <Section title="Invitations" description="Whoever has such a link can make an account.">
      <NewInvitation onCreated={loaded.reload} />
      <LoadedContent
        loaded={loaded}
        failure="The invitations could not be read."
        empty="No invitation is open."
        isEmpty={(invitations) => invitations.length === 0}
      >
        {(invitations) => (
          <ul className={rows.rows}>
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.code}
                invitation={invitation}
                onRevoked={loaded.reload}
              />
            ))}
          </ul>
        )}
      </LoadedContent>
    </Section>
  );
}

function NewInvitation({ onCreated }: { onCreated: () => void }) {
  const api = useApi();
  const [uses, setUses] = useState('1');
  const [days, setDays] = useState('7');
  const [isCreating, setCreating] = useState(false);
  const form = invitationOf(uses, days);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!form.invitation) return;
    const { invitation } = form;
    setCreating(true);
    const isCreated = await announce(
      'Invitation created',
      'The invitation was not created',
      () => createInvitation(api, invitation),
    );
    setCreating(false);
    if (isCreated) onCreated();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-start" gap="sm" mb="sm">
        <TextInput
          label="For how many people"
          inputMode="numeric"
          w={150}
          value={uses}
          error={form.usesProblem}
          onChange={(event) => setUses(event.currentTarget.value)}
          data-testid="invitation-uses"
        />
        <TextInput
          label="Good for days"
          inputMode="numeric"
          w={150}
          value={days}
          error={form.daysProblem}
          onChange={(event) => setDays(event.currentTarget.value)}
          data-testid="invitation-days"
        />
        <Button
          type="submit"
          mt={25}
          loading={isCreating}
          disabled={!form.invitation}
          data-testid="invite"
        >
          Invite
        </Button>
      </Group>
    </form>
  );
}

interface InvitationRowProps {
  invitation: Invitation;
  onRevoked: () => void;
}

function InvitationRow({ invitation, onRevoked }: InvitationRowProps) {
  const api = useApi();
  const confirm = useConfirm();
  const { code, url, role, uses_left, expires_at, created_by, created_at } = invitation;
  const revoke = async () => {
    const isSure = await confirm({
      title: 'Revoke this invitation?',
      text: 'Its link leads nowhere from then on. Accounts made with it stay.',
      action: 'Revoke',
      isDangerous: true,
    });
    if (!isSure) return;
    const isRevoked = await announce('Invitation revoked', 'The invitation was not revoked', () =>
      revokeInvitation(api, code),
    );
    if (isRevoked) onRevoked();
  };
  return (
    <li className={rows.row} data-wraps data-testid="invitation-row">
      <div className={rows.main}>
        <CopyField label="Invitation link" hidesLabel value={url} testId="invitation-link" />
        <p className={rows.meta}>
          For {countText(uses_left, 'more person', 'more people')}
          {role && role !== 'member' ? `, as ${role}` : ''}
          {expires_at ? `, ends ${agoText(expires_at, Date.now())}` : ', without an end'}
          {`, made by ${created_by || 'the server'} on ${momentText(created_at)}`}
        </p>
      </div>
      <Button
        variant="default"
        className={rows.side}
        onClick={() => void revoke()}
        data-testid="revoke"
      >
        Revoke…
      </Button>
    </li>
  );
}
