import type { ReactNode } from 'react';
import type { ChannelRules } from '../connection/channels';
import classes from './ChannelMarks.module.css';
import { LockIcon, ReadOnlyIcon } from './icons';

// Small signs for what is particular about a channel; none for most.
export function ChannelMarks({ rules }: { rules: ChannelRules }) {
  const isNarrow = rules.isPrivate || rules.staffOnly;
  if (!isNarrow && !rules.readOnly) return null;
  return (
    <span className={classes.marks}>
      {isNarrow && (
        <Mark
          label={`Only ${rules.isPrivate ? 'administrators' : 'moderators'} see this channel`}
        >
          <LockIcon size={15} />
        </Mark>
      )}
      {rules.readOnly && (
        <Mark label="Only moderators write here">
          <ReadOnlyIcon size={15} />
        </Mark>
      )}
    </span>
  );
}

function Mark({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={classes.mark} role="img" aria-label={label} title={label}>
      {children}
    </span>
  );
}
