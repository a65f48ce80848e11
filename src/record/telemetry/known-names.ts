/** More models than anybody serves. */
const MOST = 200;

/**
 * Names that callers have a say in, as dimensions of a metric: each new one is kept in memory for ever. So one is told apart
 * once it was answered, and no more than `most` are.
 */
export function knownNames(most = MOST): (name: string, isAnswered: boolean) => string | undefined {
  const known = new Set<string>();
  return (name, isAnswered) => {
    if (isAnswered && known.size < most) known.add(name);
    return known.has(name) ? name : undefined;
  };
}
