import { Text, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import type { AuditRecord } from '../api/audit';
import { PersonLink } from '../lists/PersonLink';
import rows from '../lists/rows.module.css';
import { momentText } from '../shell/formats';
import { actionText } from './actions';
import classes from './AuditRow.module.css';
import { differencesOf, personIn, type Difference } from './differences';

export const AuditRow = memo(function AuditRow({ record }: { record: AuditRecord }) {
  const { at, actor_id, actor_username, address, action, target, before, after } = record;
  const personId = personIn(before, after);
  const differences = differencesOf(before, after);
  return (
    <li className={rows.row} data-testid="audit-row" data-action={action}>
      <div className={rows.main}>
        <div className={rows.title}>
          <Text component="span" fw={600}>
            {actionText(action)}
          </Text>
          <span className={classes.target}>
            {personId ? <PersonLink id={personId} username={target} /> : target}
          </span>
        </div>
        {differences.length > 0 && (
          <dl className={classes.differences}>
            {differences.map((difference) => (
              <DifferenceLine key={difference.member} difference={difference} />
            ))}
          </dl>
        )}
        <p className={rows.meta}>
          <time dateTime={at}>{momentText(at)}</time>, by{' '}
          <PersonLink id={actor_id} username={actor_username} />
          {address !== '' && ` from ${address}`}
        </p>
      </div>
    </li>
  );
});

function DifferenceLine({ difference: { member, before, after } }: { difference: Difference }) {
  return (
    <div className={classes.difference}>
      <dt>{member}</dt>
      <dd>
        {before !== null && <del>{before}</del>}
        {before !== null && after !== null && (
          <>
            <span aria-hidden>→</span>
            <VisuallyHidden> became </VisuallyHidden>
          </>
        )}
        {after !== null && <ins>{after}</ins>}
      </dd>
    </div>
  );
}
