import { UnstyledButton } from '@mantine/core';
import { useLive, useLiveState } from './live-context';
import classes from './ConnectionNote.module.css';

// Whether the figures are those of this moment.
export function ConnectionNote() {
  const live = useLive();
  const { kind } = useLiveState(live).connection;
  const isOpen = kind === 'open';
  return (
    <div className={classes.note} data-open={isOpen}>
      <span role="status" data-testid="connection-state">
        {isOpen ? 'Connected' : 'Reconnecting…'}
      </span>
      {kind === 'waiting' && (
        <UnstyledButton className={classes.now} onClick={() => live.wake()}>
          Try now
        </UnstyledButton>
      )}
    </div>
  );
}
