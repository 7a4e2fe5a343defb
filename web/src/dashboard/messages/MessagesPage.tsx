import { MultiSelect, Paper, SimpleGrid } from '@mantine/core';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { listChannels } from '../api/channels';
import { searchMessages, type FoundMessage } from '../api/messages';
import { PagedContent } from '../lists/PagedContent';
import { PersonPicker } from '../lists/PersonPicker';
import { useSearch } from '../lists/search';
import { SearchField } from '../lists/SearchField';
import { usePagedList } from '../lists/use-paged-list';
import { PageFrame } from '../shell/page-frame';
import { useLoad } from '../shell/use-load';
import { MessageList } from './MessageList';

const PAGE_SIZE = 50;

export function MessagesPage() {
  const [search, changeSearch] = useSearch();
  const words = search.get('words') ?? '';
  const author = search.get('author') ?? '';
  const channels = search.getAll('channel');
  const list = useFoundMessages(words, author, channels);
  const removed = useCallback(
    (ids: readonly number[]) => {
      list.change((messages) => messages.filter(({ id }) => !ids.includes(id)));
    },
    [list.change],
  );
  const isFiltered = words !== '' || author !== '' || channels.length > 0;
  return (
    <PageFrame title="Messages" description="Search what was written in channels, and remove it.">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mb="md">
        <SearchField
          label="Words"
          placeholder="In the text"
          value={words}
          onSearch={(text) => changeSearch({ words: text })}
          testId="message-words"
        />
        <ChannelFilter value={channels} onChange={(channel) => changeSearch({ channel })} />
        <PersonPicker
          label="Author"
          value={author}
          onPick={(person) => changeSearch({ author: person?.id ?? null })}
          testId="message-author"
        />
      </SimpleGrid>
      <Paper withBorder px="md" py="xs">
        <PagedContent
          list={list}
          failure="The messages could not be read."
          empty={isFiltered ? 'No message fits this search.' : 'Nobody has written anything yet.'}
          noun="message"
        >
          {(messages) => <MessageList messages={messages} onRemoved={removed} />}
        </PagedContent>
      </Paper>
    </PageFrame>
  );
}

function useFoundMessages(words: string, author: string, channels: readonly string[]) {
  const api = useApi();
  // The same names are another array at each drawing.
  const channelsText = JSON.stringify(channels);
  const read = useCallback(
    async (after: readonly FoundMessage[], signal: AbortSignal) => {
      const found = await searchMessages(
        api,
        {
          keyword: words,
          userId: author,
          channels: JSON.parse(channelsText) as string[],
          limit: PAGE_SIZE,
          beforeId: after.at(-1)?.id,
        },
        signal,
      );
      return { items: found.messages, hasMore: found.has_more };
    },
    [api, words, author, channelsText],
  );
  return usePagedList(read);
}

interface ChannelFilterProps {
  value: string[];
  onChange: (channels: string[]) => void;
}

function ChannelFilter({ value, onChange }: ChannelFilterProps) {
  const api = useApi();
  const read = useCallback((signal: AbortSignal) => listChannels(api, signal), [api]);
  const { value: channels } = useLoad(read);
  const names = channels?.map(({ name }) => name) ?? [];
  // A link may name an archived one.
  const options = [...names, ...value.filter((name) => !names.includes(name))];
  return (
    <MultiSelect
      label="Channels"
      placeholder={value.length === 0 ? 'All' : undefined}
      data={options.map((name) => ({ value: name, label: `#${name}` }))}
      value={value}
      onChange={onChange}
      searchable
      clearable
      data-testid="message-channels"
    />
  );
}
