import { useApi } from '../api/api-context';
import { banPerson } from '../api/bans';
import { RestrictDialog, type RestrictDialogProps } from './RestrictDialog';
import { BAN_HOURS } from './term';

export function BanDialog(props: RestrictDialogProps) {
  const api = useApi();
  return (
    <RestrictDialog
      {...props}
      title={props.person ? `Ban ${props.person.username}` : 'Ban somebody'}
      unit={BAN_HOURS}
      action="Ban"
      write={(person, reason, hours) => banPerson(api, { userId: person.id, reason, hours })}
      done={({ username }) => `${username} is banned`}
    />
  );
}
