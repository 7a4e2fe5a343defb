import type { SessionDay } from '../api/activity';

export interface DayOfSessions {
  // YYYY-MM-DD, a day of UTC.
  readonly date: string;
  readonly count: number;
  readonly seconds: number;
}

const DAY_MS = 86_400_000;

// HH:MM:SS[.ffffff], of any number of hours.
export function secondsOf(duration: string): number {
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(duration);
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : 0;
}

// The last seven days, ascending; the server leaves out those without a session.
export function lastSevenDays(days: readonly SessionDay[], now: number): DayOfSessions[] {
  const byDate = new Map(days.map((day) => [day.session_date, day]));
  return [6, 5, 4, 3, 2, 1, 0].map((daysAgo) => {
    const date = new Date(now - daysAgo * DAY_MS).toISOString().slice(0, 10);
    const day = byDate.get(date);
    return {
      date,
      count: day?.session_count ?? 0,
      seconds: day ? secondsOf(day.total_duration) : 0,
    };
  });
}
