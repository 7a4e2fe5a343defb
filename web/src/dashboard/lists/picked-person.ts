export interface PickedPerson {
  readonly id: string;
  readonly username: string;
}

// Ids of people are long; a shorter text is looked for in names only.
const ID_LENGTH_MIN = 20;

// What can be picked: who was found, who is picked already, and what may be an id.
export function optionsFor(
  found: readonly PickedPerson[],
  typed: string,
  picked: PickedPerson | null,
): PickedPerson[] {
  const options = found.map(({ id, username }) => ({ id, username }));
  const isListed = (id: string) => options.some((option) => option.id === id);
  if (picked && !isListed(picked.id)) options.unshift(picked);
  const isName = typed === picked?.username;
  if (found.length === 0 && !isName && typed.length >= ID_LENGTH_MIN && !isListed(typed)) {
    options.push({ id: typed, username: `Id ${typed}` });
  }
  return options;
}
