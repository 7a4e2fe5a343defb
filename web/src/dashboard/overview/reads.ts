import { useCallback } from 'react';
import {
  readChannelActivity,
  readConnectionActivity,
  readPersonActivity,
  readSessionDays,
  type ChannelActivity,
  type PersonActivity,
} from '../api/activity';
import type { ApiClient } from '../api/api-client';
import { useApi } from '../api/api-context';
import { useLoad, type Loaded } from '../shell/use-load';
import { lastDays, sessionsByDay, type SessionsOfDay } from './days';

const PEAK_DAYS = 30;
const PEOPLE_DAYS = 7;
const RANKED_MAX = 10;

export interface PeakOfDay {
  readonly date: string;
  readonly value: number;
}

export const useSessions = () => useRead(readSessions);
export const usePeaks = () => useRead(readPeaks);
export const useBusiestChannels = () => useRead(readBusiestChannels);
export const useBusiestPeople = () => useRead(readBusiestPeople);

function useRead<T>(read: (api: ApiClient, signal: AbortSignal) => Promise<T>): Loaded<T> {
  const api = useApi();
  return useLoad(useCallback((signal: AbortSignal) => read(api, signal), [api, read]));
}

async function readSessions(api: ApiClient, signal: AbortSignal): Promise<SessionsOfDay[]> {
  return sessionsByDay(await readSessionDays(api, undefined, signal), Date.now());
}

async function readPeaks(api: ApiClient, signal: AbortSignal): Promise<PeakOfDay[]> {
  const { days } = await readConnectionActivity(api, PEAK_DAYS, signal);
  const known = new Map(days.map(({ date, peak }) => [date, peak]));
  return lastDays(PEAK_DAYS, Date.now()).map((date) => ({ date, value: known.get(date) ?? 0 }));
}

async function readBusiestChannels(
  api: ApiClient,
  signal: AbortSignal,
): Promise<ChannelActivity[]> {
  const channels = await readChannelActivity(api, signal);
  return channels
    .filter(({ message_count: count }) => count > 0)
    .sort((a, b) => b.message_count - a.message_count)
    .slice(0, RANKED_MAX);
}

function readBusiestPeople(api: ApiClient, signal: AbortSignal): Promise<PersonActivity[]> {
  return readPersonActivity(api, { days: PEOPLE_DAYS, limit: RANKED_MAX }, signal);
}
