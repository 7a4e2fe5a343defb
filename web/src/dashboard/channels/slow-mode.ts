const CHOICES = [0, 5, 10, 30, 60, 300, 900, 3_600, 21_600];

export function slowModeText(seconds: number): string {
  if (seconds === 0) return 'Off';
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

// For a selection; with the present value where somebody set another one by a program.
export function slowModeChoices(present: number): { value: string; label: string }[] {
  const seconds = CHOICES.includes(present) ? CHOICES : [...CHOICES, present];
  return [...seconds]
    .sort((a, b) => a - b)
    .map((value) => ({ value: String(value), label: slowModeText(value) }));
}
