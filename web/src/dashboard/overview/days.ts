import type { SessionDay } from '../api/activity';

const DAY_MS = 86_400_000;

// The last days of UTC, ascending, today's last: the server leaves out those on which nothing was.
export function lastDays(count: number, now: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

// Of an interval as the server writes it: HH:MM:SS[.ffffff], with "N days " before it if long.
export function secondsOf(duration: string): number {
  const match = /^(?:(\d+) days? )?(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(duration);
  if (!match) return 0;
  const [, days = '0', hours, minutes, seconds] = match;
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

export interface SessionsOfDay {
  readonly date: string;
  readonly sessions: number;
  readonly seconds: number;
}

export function sessionsByDay(days: readonly SessionDay[], now: number): SessionsOfDay[] {
  const known = new Map(days.map((day) => [day.session_date, day]));
  return lastDays(7, now).map((date) => {
    const day = known.get(date);
    return {
      date,
      sessions: day?.session_count ?? 0,
      seconds: day ? secondsOf(day.total_duration) : 0,
    };
  });
}
