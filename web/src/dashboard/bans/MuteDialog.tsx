import { NativeSelect } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { mutePerson } from '../api/bans';
import { listChannels } from '../api/channels';
import { useLoad } from '../shell/use-load';
import { RestrictDialog, type RestrictDialogProps } from './RestrictDialog';
import { MUTE_MINUTES } from './term';

const EVERYWHERE = '';

export function MuteDialog(props: RestrictDialogProps) {
  const api = useApi();
  const [channel, setChannel] = useState(EVERYWHERE);
  const channelId = channel === EVERYWHERE ? undefined : Number(channel);
  return (
    <RestrictDialog
      {...props}
      title={props.person ? `Mute ${props.person.username}` : 'Mute somebody'}
      unit={MUTE_MINUTES}
      action="Mute"
      write={(person, reason, minutes) =>
        mutePerson(api, { userId: person.id, channelId, reason, minutes })
      }
      done={({ username }) => `${username} is muted`}
    >
      <WhereField value={channel} onChange={setChannel} />
    </RestrictDialog>
  );
}

// Mounted, and so reading the channels, only while the dialog is open.
function WhereField({ value, onChange }: { value: string; onChange: (channel: string) => void }) {
  const api = useApi();
  const read = useCallback((signal: AbortSignal) => listChannels(api, signal), [api]);
  const channels = useLoad(read).value ?? [];
  return (
    <NativeSelect
      label="Where"
      data={[
        { value: EVERYWHERE, label: 'Everywhere, private messages too' },
        ...channels.map(({ id, name }) => ({ value: String(id), label: `#${name}` })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-testid="mute-where"
    />
  );
}
