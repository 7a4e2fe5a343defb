// How long a ban or a mute is to last, as it is chosen in a form.

export interface TermChoice {
  readonly label: string;
  // In the unit of the form; null: without an end.
  readonly amount: number | null;
}

export interface TermUnit {
  readonly name: string;
  readonly max: number;
  readonly choices: readonly TermChoice[];
}

// docs/api.md: 1 to 876,000 hours.
export const BAN_HOURS: TermUnit = {
  name: 'hours',
  max: 876_000,
  choices: [
    { label: '1 hour', amount: 1 },
    { label: '1 day', amount: 24 },
    { label: '7 days', amount: 7 * 24 },
    { label: '30 days', amount: 30 * 24 },
    { label: 'For good', amount: null },
  ],
};

// docs/api.md: 1 to 525,600 minutes.
export const MUTE_MINUTES: TermUnit = {
  name: 'minutes',
  max: 525_600,
  choices: [
    { label: '10 minutes', amount: 10 },
    { label: '1 hour', amount: 60 },
    { label: '1 day', amount: 24 * 60 },
    { label: '7 days', amount: 7 * 24 * 60 },
    { label: 'Until it is lifted', amount: null },
  ],
};

export const OWN_CHOICE = 'own';

export interface Term {
  // The index of a choice, or OWN_CHOICE.
  readonly choice: string;
  // What was typed for OWN_CHOICE.
  readonly own: string;
}

export type TermAmount =
  // amount undefined: without an end.
  { ok: true; amount: number | undefined } | { ok: false; problem: string };

export function amountOf(term: Term, unit: TermUnit): TermAmount {
  if (term.choice !== OWN_CHOICE) {
    return { ok: true, amount: unit.choices[Number(term.choice)]?.amount ?? undefined };
  }
  const amount = Number(term.own);
  if (Number.isInteger(amount) && amount >= 1 && amount <= unit.max) return { ok: true, amount };
  const max = unit.max.toLocaleString('en');
  return { ok: false, problem: `A whole number of ${unit.name}, 1 to ${max}.` };
}
