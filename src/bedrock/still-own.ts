/**
 * Whether a function of Node's is its own, and nobody has put himself in its place.
 * @param word Stands in the text of Node's, and in nothing that others put there.
 * @returns Looks once what it looks like, and then whether it is still the same.
 */
export function stillOwn(way: () => unknown, word: string): () => boolean {
  let own: unknown;
  return () => {
    const now = way();
    if (own === undefined && isUnmarked(now) && String(now).includes(word)) own = now;
    return own !== undefined && now === own;
  };
}

/** What Node's own functions have, and no more. */
const OF_A_FUNCTION: ReadonlySet<unknown> = new Set(["length", "name", "prototype"]);

/** Wrappers may say the text of what they wrap, by a `toString` of theirs or of all functions; their marks betray them. */
export const isUnmarked = (way: unknown): boolean =>
  typeof way === "function" && Reflect.ownKeys(way).every((key) => OF_A_FUNCTION.has(key));
