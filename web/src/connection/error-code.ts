// docs/protocol.md, "Errors": the codes for which repeating the same command may succeed.
const TEMPORARY = new Set(['rate_limited', 'unavailable', 'overloaded']);

export function isTemporary(code: string): boolean {
  return TEMPORARY.has(code);
}
