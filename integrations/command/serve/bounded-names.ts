/** Stands for whatever is not told apart. */
export const OTHER = "other";

/** More models than anybody serves. */
const MOST = 200;

/**
 * Names that callers have a say in, as values of a label: each new one is kept in memory for ever, so only those that were
 * answered once are told apart, and no more than `most`.
 */
export function boundedNames(most = MOST): (name: string, isAnswered: boolean) => string {
  const known = new Set<string>();
  return (name, isAnswered) => {
    if (known.has(name)) return name;
    if (!isAnswered || known.size >= most) return OTHER;
    known.add(name);
    return name;
  };
}
