// docs/protocol.md, "Closing": the bound starts at 0.5 s and doubles up to 30 s.
const FIRST_BOUND_MS = 500;
const LAST_BOUND_MS = 30_000;

// A connection that lasted this long was a good one: the next loss starts from the first bound.
// One that ends sooner does not, or a server that closes at once would be asked twice a second.
const STABLE_AFTER_MS = 10_000;

// How long to wait before the next attempt, with full jitter: anything from 0 to the bound.
export class BackOff {
  private failures = 0;

  constructor(private readonly random: () => number) {}

  nextDelay(): number {
    const bound = Math.min(LAST_BOUND_MS, FIRST_BOUND_MS * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 10);
    return this.random() * bound;
  }

  // The server said "too many": no sooner than 5 s, whatever the dice say.
  patientDelay(): number {
    return 5_000 + this.random() * (LAST_BOUND_MS - 5_000);
  }

  connectionLasted(milliseconds: number): void {
    if (milliseconds >= STABLE_AFTER_MS) this.failures = 0;
  }
}
