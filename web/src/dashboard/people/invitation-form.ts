// docs/api.md: 1 to 10,000 uses, 1 to 366 days.
const USES_MAX = 10_000;
const DAYS_MAX = 366;

export interface InvitationForm {
  readonly usesProblem: string | null;
  readonly daysProblem: string | null;
  // Null while there is a problem.
  readonly invitation: { uses: number; days?: number } | null;
}

// No days: the link is good until it is used up or revoked.
export function invitationOf(usesText: string, daysText: string): InvitationForm {
  const uses = wholeNumber(usesText, USES_MAX);
  const hasDays = daysText.trim() !== '';
  const days = hasDays ? wholeNumber(daysText, DAYS_MAX) : undefined;
  return {
    usesProblem: uses === null ? '1 to 10,000' : null,
    daysProblem: days === null ? '1 to 366, or empty' : null,
    invitation: uses === null || days === null ? null : { uses, days },
  };
}

function wholeNumber(text: string, max: number): number | null {
  const number = text.trim() === '' ? NaN : Number(text);
  return Number.isInteger(number) && number >= 1 && number <= max ? number : null;
}
