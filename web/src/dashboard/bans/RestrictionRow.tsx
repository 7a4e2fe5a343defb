import { Badge, Button } from '@mantine/core';
import { PersonLink } from '../lists/PersonLink';
import rows from '../lists/rows.module.css';
import { momentText } from '../shell/formats';
import { stateOf, termText, type Restriction } from './restriction';

interface RestrictionRowProps {
  restriction: Restriction;
  now: number;
  // Left out on the page of the person.
  showsPerson?: boolean;
  liftLabel: string;
  onLift: () => void;
  testId: string;
}

export function RestrictionRow(props: RestrictionRowProps) {
  const { restriction, now, showsPerson = true, liftLabel, onLift, testId } = props;
  const { person, by, scope, reason, start } = restriction;
  const state = stateOf(restriction, now);
  return (
    <li className={rows.row} data-testid={testId} data-wraps>
      <div className={rows.main}>
        <div className={rows.title}>
          {showsPerson && <PersonLink {...person} />}
          {scope !== null && (
            <Badge variant="light" color="gray" tt="none">
              {scope}
            </Badge>
          )}
          <Badge variant="light" color={state === 'in force' ? 'red' : 'gray'} tt="none">
            {state === 'lifted' && scope === null ? 'pardoned' : state}
          </Badge>
        </div>
        {reason !== '' && <p className={rows.text}>{reason}</p>}
        <p className={rows.meta}>
          {momentText(start)}, {termText(restriction, now)}, by{' '}
          <PersonLink id={by.id} username={by.username} />
        </p>
      </div>
      {state === 'in force' && (
        <Button
          variant="default"
          size="xs"
          className={rows.side}
          aria-label={`${liftLabel}: ${person.username}`}
          onClick={onLift}
          data-testid="lift"
        >
          {liftLabel}
        </Button>
      )}
    </li>
  );
}
