import { useCallback } from 'react';
import { readSessionDays } from '../api/activity';
import { useApi } from '../api/api-context';
import { countText, dayText, durationText } from '../shell/formats';
import { LoadedContent, Section } from '../shell/section';
import { useLoad } from '../shell/use-load';
import classes from './ActivitySection.module.css';
import { lastSevenDays, type DayOfSessions } from './session-days';

// Seven bars need no chart library: the numbers are text, and read as a table.
export function ActivitySection({ userId }: { userId: string }) {
  const api = useApi();
  const read = useCallback(
    async (signal: AbortSignal) =>
      lastSevenDays(await readSessionDays(api, userId, signal), Date.now()),
    [api, userId],
  );
  const loaded = useLoad(read);
  return (
    <Section title="Activity" description="Time online, the last 7 days (UTC)">
      <LoadedContent loaded={loaded} failure="The activity could not be read.">
        {(days) => <Days days={days} />}
      </LoadedContent>
    </Section>
  );
}

function Days({ days }: { days: readonly DayOfSessions[] }) {
  const most = Math.max(1, ...days.map(({ seconds }) => seconds));
  return (
    <table className={classes.days}>
      <tbody>
        {days.map(({ date, count, seconds }) => (
          <tr key={date}>
            <th scope="row">{dayText(date)}</th>
            <td className={classes.track}>
              <div className={classes.bar} style={{ width: `${(100 * seconds) / most}%` }} />
            </td>
            <td className={classes.value}>
              {count === 0 ? '–' : `${durationText(seconds)}, ${countText(count, 'session')}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
