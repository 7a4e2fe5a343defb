import { CloseButton } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { Session } from '../connection/chat';
import type { User } from '../connection/frames';
import { keyOf, type ConversationKey } from '../conversations/conversation';
import type { ConversationSummary } from '../conversations/overview';
import { Avatar } from './Avatar';
import { ChannelMarks } from './ChannelMarks';
import { ListRow } from './ListRow';
import classes from './Lists.module.css';
import { Logo } from './Logo';
import { UserMenu } from './UserMenu';

// A list of thousands would be no use, and slow.
const ONLINE_SHOWN_MAX = 200;

interface ListsProps {
  session: Session;
  channels: ConversationSummary[];
  people: ConversationSummary[];
  online: readonly User[];
  openKey: ConversationKey | null;
  accountUrl: string | null;
  onSelect: (key: ConversationKey) => void;
  onSignOut: () => void;
  // Where the lists lie over the conversation.
  onClose: (() => void) | null;
}

export function Lists(props: ListsProps) {
  const { session, channels, people, online, openKey, onSelect } = props;
  const shown = useMemo(() => online.slice(0, ONLINE_SHOWN_MAX), [online]);
  return (
    <div className={classes.lists}>
      <header className={classes.header}>
        <Logo size={26} />
        <span className={classes.server}>{session.serverName}</span>
        {props.onClose && (
          <CloseButton
            size={44}
            iconSize={20}
            aria-label="Close the lists"
            onClick={props.onClose}
          />
        )}
      </header>
      <nav className={classes.scroll} aria-label="Conversations">
        <Section title="Channels" empty={channels.length === 0 && 'There are no channels yet.'}>
          {channels.map((summary) => (
            <ListRow
              key={summary.key}
              testId={`channel-${summary.name}`}
              icon={<span className={classes.hash}>#</span>}
              name={summary.name}
              marks={<ChannelMarks rules={summary.rules} />}
              unread={summary.unread}
              isOpen={summary.key === openKey}
              onClick={() => onSelect(summary.key)}
            />
          ))}
        </Section>
        {people.length > 0 && (
          <Section title="Private messages">
            {people.map((summary) => (
              <ListRow
                key={summary.key}
                testId={`conversation-${summary.name}`}
                icon={
                  <Avatar
                    id={String(summary.conversation.id)}
                    name={summary.name}
                    size={22}
                    online={summary.online}
                  />
                }
                name={summary.name}
                unread={summary.unread}
                isOpen={summary.key === openKey}
                onClick={() => onSelect(summary.key)}
              />
            ))}
          </Section>
        )}
        <Section title={`Online, ${online.length}`}>
          {shown.map((user) => (
            <ListRow
              key={user.id}
              testId={`person-${user.username}`}
              icon={<Avatar id={user.id} name={user.username} size={22} online />}
              name={user.username}
              note={user.id === session.user.id ? 'you' : undefined}
              onClick={() => onSelect(keyOf({ kind: 'person', ...user }))}
            />
          ))}
          {online.length > shown.length && (
            <li className={classes.empty}>and {online.length - shown.length} more</li>
          )}
        </Section>
      </nav>
      <UserMenu session={session} accountUrl={props.accountUrl} onSignOut={props.onSignOut} />
    </div>
  );
}

interface SectionProps {
  title: string;
  empty?: string | false;
  children: ReactNode;
}

function Section({ title, empty, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{title}</h2>
      {empty ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <ul className={classes.rows}>{children}</ul>
      )}
    </section>
  );
}
