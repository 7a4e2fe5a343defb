import type { ReactNode } from 'react';
import type { Profile } from '../api/people';
import { agoText, countText, momentText, numberText } from '../shell/formats';
import { Section } from '../shell/section';
import classes from './FactsSection.module.css';

export function FactsSection({ profile: { user, account } }: { profile: Profile }) {
  const now = Date.now();
  return (
    <Section title="Facts">
      <dl className={classes.facts}>
        <Fact name="Now">
          {user.is_online ? `Online with ${countText(user.connections, 'connection')}` : 'Offline'}
        </Fact>
        <Fact name={user.is_online ? 'Came' : 'Last seen'}>
          {momentText(user.last_seen)} ({agoText(user.last_seen, now)})
        </Fact>
        <Fact name="First seen">{momentText(user.first_seen)}</Fact>
        <Fact name="Messages">{numberText(user.message_count)} in channels</Fact>
        {account && <Fact name="Account">since {momentText(account.created_at)}</Fact>}
        <Fact name="Id">
          <code>{user.id}</code>
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
