import type { Profile } from '../api/people';
import { restrictionOfBan, restrictionOfMute, type Restriction } from '../bans/restriction';
import { RestrictionRow } from '../bans/RestrictionRow';
import { useLift } from '../bans/use-lift';
import rows from '../lists/rows.module.css';
import { Empty, Section } from '../shell/section';

interface RestrictionsSectionProps {
  profile: Profile;
  onChanged: () => void;
}

// The whole history, newest first: what was pardoned or has ended is part of the picture.
export function RestrictionsSection({ profile, onChanged }: RestrictionsSectionProps) {
  const lift = useLift();
  const now = Date.now();
  const bans = profile.bans.map(restrictionOfBan);
  const mutes = profile.mutes.map(restrictionOfMute);
  const liftOne = async (kind: 'ban' | 'mute', restriction: Restriction) => {
    if (await lift[kind](restriction)) onChanged();
  };
  return (
    <>
      <Section title="Bans">
        {bans.length === 0 && <Empty>Never banned.</Empty>}
        <ul className={rows.rows}>
          {bans.map((ban) => (
            <RestrictionRow
              key={ban.id}
              restriction={ban}
              now={now}
              showsPerson={false}
              liftLabel="Pardon"
              onLift={() => void liftOne('ban', ban)}
              testId="ban-row"
            />
          ))}
        </ul>
      </Section>
      <Section title="Mutes">
        {mutes.length === 0 && <Empty>Never muted.</Empty>}
        <ul className={rows.rows}>
          {mutes.map((mute) => (
            <RestrictionRow
              key={mute.id}
              restriction={mute}
              now={now}
              showsPerson={false}
              liftLabel="Unmute"
              onLift={() => void liftOne('mute', mute)}
              testId="mute-row"
            />
          ))}
        </ul>
      </Section>
    </>
  );
}
