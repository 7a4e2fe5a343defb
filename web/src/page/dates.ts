const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' });
const day = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export function timeText(at: number): string {
  return time.format(at);
}

// Without AM or PM, for where there is little room.
export function shortTimeText(at: number): string {
  const parts = time.formatToParts(at).filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

export function fullTimeText(at: number): string {
  return full.format(at);
}

// "until 16:40", with the day where it is not today.
export function untilText(at: number, now: number): string {
  const isToday = midnightBefore(at) === midnightBefore(now);
  return isToday ? `until ${timeText(at)}` : `until ${day.format(at)}, ${timeText(at)}`;
}

export function dayText(at: number, now: number): string {
  const daysAgo = Math.round((midnightBefore(now) - midnightBefore(at)) / 86_400_000);
  if (daysAgo === 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo > 1 && daysAgo < 7) return weekday.format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? day : dayAndYear).format(at);
}

function midnightBefore(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
