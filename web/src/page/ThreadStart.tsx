import { Avatar } from './Avatar';
import classes from './Thread.module.css';
import type { OpenConversation } from './use-conversations';

interface ThreadStartProps {
  open: OpenConversation;
  isEmpty: boolean;
  userId: string;
}

// What stands above the first message of all.
export function ThreadStart({ open, isEmpty, userId }: ThreadStartProps) {
  const { conversation, name, description, rules } = open;
  if (conversation.kind === 'channel') {
    return (
      <div className={classes.start}>
        <span className={classes.startHash}>#</span>
        <h2>{name}</h2>
        {description && <p>{description}</p>}
        <p>
          {isEmpty
            ? `Nobody has written here yet.${rules.readOnly ? '' : ' Say the first word.'}`
            : 'This is where the channel begins.'}
        </p>
      </div>
    );
  }
  return (
    <div className={classes.start}>
      <Avatar id={conversation.id} name={name} size={52} />
      <h2>{name}</h2>
      <p>
        {conversation.id === userId
          ? 'Notes to yourself. Nobody else sees them.'
          : `Only you and ${name} can read what is written here.`}
      </p>
    </div>
  );
}
