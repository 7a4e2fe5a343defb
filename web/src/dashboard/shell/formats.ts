const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const rate = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const MEBIBYTE = 1024 * 1024;

export function numberText(value: number): string {
  return whole.format(value);
}

// Of something per second.
export function rateText(value: number): string {
  return rate.format(value);
}

export function memoryText(bytes: number): string {
  return `${whole.format(bytes / MEBIBYTE)} MiB`;
}

// A moment, RFC 3339 or milliseconds, in the reader's own time zone.
export function momentText(at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : dateAndTime.format(date);
}

// A day of UTC, YYYY-MM-DD.
export function dayText(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : day.format(at);
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

// "3 hours ago", "in 5 minutes"
export function agoText(at: string | number, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds <= 0 ? 'just now' : 'in a moment';
}

// "2 d 3 h", "5 h 20 min", "4 min", "12 s": two units at most.
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return joined(`${whole.format(days)} d`, hours % 24, 'h');
  if (hours > 0) return joined(`${hours} h`, minutes % 60, 'min');
  return minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`;
}

// "1 message", "1,234 messages"
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

function joined(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`;
}
