const UNITS = [
  { seconds: 86_400, name: 'day' },
  { seconds: 3_600, name: 'hour' },
  { seconds: 60, name: 'minute' },
  { seconds: 1, name: 'second' },
];

// In words, with its two largest units: "1 day 6 hours", "1 minute 30 seconds".
export function durationText(seconds: number): string {
  let rest = Math.max(0, Math.ceil(seconds));
  const first = UNITS.findIndex((unit) => rest >= unit.seconds);
  if (first < 0) return '0 seconds';
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest %= unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ');
}
