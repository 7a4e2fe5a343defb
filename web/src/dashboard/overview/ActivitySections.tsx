import type { ChannelActivity, PersonActivity } from '../api/activity';
import { countText, durationText, numberText } from '../shell/formats';
import { personPath } from '../shell/routes';
import { LoadedContent, Section } from '../shell/section';
import type { Loaded } from '../shell/use-load';
import { DayChart } from './DayChart';
import type { SessionsOfDay } from './days';
import { RankedBars } from './RankedBars';
import type { PeakOfDay } from './reads';

const CHART_HEIGHT = 230;

export function SessionsSection({ loaded }: { loaded: Loaded<SessionsOfDay[]> }) {
  return (
    <Section title="Sessions per day" description="The last 7 days, by UTC">
      <LoadedContent
        loaded={loaded}
        failure="The sessions could not be read."
        empty="Nobody was here in the last 7 days."
        isEmpty={(days) => days.every(({ sessions }) => sessions === 0)}
        skeletonHeight={CHART_HEIGHT}
      >
        {(days) => (
          <DayChart
            name="Sessions"
            noteName="Time in total"
            colour="ink.5"
            days={days.map(({ date, sessions, seconds }) => ({
              date,
              value: sessions,
              note: durationText(seconds),
            }))}
          />
        )}
      </LoadedContent>
    </Section>
  );
}

export function PeaksSection({ loaded }: { loaded: Loaded<PeakOfDay[]> }) {
  return (
    <Section title="Most connections at once" description="The last 30 days, by UTC">
      <LoadedContent
        loaded={loaded}
        failure="The peaks could not be read."
        empty="There were no connections in the last 30 days."
        isEmpty={(days) => days.every(({ value }) => value === 0)}
        skeletonHeight={CHART_HEIGHT}
      >
        {(days) => <DayChart name="Connections" colour="teal.6" days={days} />}
      </LoadedContent>
    </Section>
  );
}

export function ChannelsSection({ loaded }: { loaded: Loaded<ChannelActivity[]> }) {
  return (
    <Section title="Messages per channel" description="The 10 with the most">
      <LoadedContent
        loaded={loaded}
        failure="The channels could not be read."
        empty="Nothing was written yet."
        isEmpty={(rows) => rows.length === 0}
      >
        {(rows) => (
          <RankedBars
            rows={rows.map(({ channel, message_count: count }) => ({
              key: channel,
              name: `# ${channel}`,
              value: count,
              text: numberText(count),
            }))}
          />
        )}
      </LoadedContent>
    </Section>
  );
}

export function PeopleSection({ loaded }: { loaded: Loaded<PersonActivity[]> }) {
  return (
    <Section title="People by time here" description="The 10 with the most, of the last 7 days">
      <LoadedContent
        loaded={loaded}
        failure="The people could not be read."
        empty="Nobody was here in the last 7 days."
        isEmpty={(rows) => rows.length === 0}
      >
        {(rows) => (
          <RankedBars
            rows={rows.map(({ user_id: id, username, total_seconds, session_count }) => ({
              key: id,
              name: username,
              value: total_seconds,
              text: `${durationText(total_seconds)}, ${countText(session_count, 'session')}`,
              path: personPath(id),
            }))}
          />
        )}
      </LoadedContent>
    </Section>
  );
}
