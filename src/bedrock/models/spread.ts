export type Weights = Readonly<Record<string, number>>;

/** Patterns make spreads of callers' words, without end. */
const MAX_SPREADS = 1_000;

/**
 * Members of a spread, the one whose turn it is first.
 * @param key What requests have in common that should meet the same member.
 * @param rests Whoever rests takes no turn, so that the others have it by their weights and not the next one alone.
 */
export type SpreadOrder = (
  spread: Weights,
  key: string | undefined,
  rests?: (name: string) => boolean,
) => string[];

export function createSpreadOrder(): SpreadOrder {
  const spreads = new Map<string, Turns>();
  const turnsOf = (spread: Weights): Turns => {
    const names = JSON.stringify(spread);
    const turns = spreads.get(names) ?? createTurns(spread);
    spreads.set(names, turns);
    if (spreads.size > MAX_SPREADS) spreads.delete(spreads.keys().next().value!);
    return turns;
  };
  return (spread, key, rests = () => false) =>
    key === undefined ? turnsOf(spread)(rests) : byKey(spread, key);
}

type Turns = (rests: (name: string) => boolean) => string[];

/** Smooth weighted round robin: of `{ a: 3, b: 1 }` a a b a, never a run that a fairer order would break. Source: nginx. */
function createTurns(spread: Weights): Turns {
  const members = Object.entries(spread).map(([name, weight]) => ({ name, weight, due: 0 }));
  return (rests) => {
    const well = members.filter(({ name }) => !rests(name));
    const taking = well.length > 0 ? well : members;
    for (const member of taking) member.due += member.weight;
    const order = taking.toSorted((one, other) => other.due - one.due);
    order[0]!.due -= taking.reduce((sum, { weight }) => sum + weight, 0);
    return [...new Set([...order, ...members])].map(({ name }) => name);
  };
}

/**
 * Rendezvous hashing: every key has an order of its own, in which a member stands first as often as its weight says, and which
 * stays as it is for all others when a member comes or goes.
 */
const byKey = (spread: Weights, key: string): string[] =>
  Object.entries(spread)
    .map(([name, weight]) => ({ name, score: weight / -Math.log(fraction(`${name}\0${key}`)) }))
    .toSorted((one, other) => other.score - one.score)
    .map(({ name }) => name);

/** FNV-1a and the last mixing of MurmurHash3: a text as a number between 0 and 1, neither of them. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}
