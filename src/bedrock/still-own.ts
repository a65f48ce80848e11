/**
 * Whether a function of Node's is its own, and nobody has put himself in its place.
 * @param word Stands in the text of Node's, and in nothing that others put there.
 * @returns Looks once what it looks like, and then whether it is still the same.
 */
export function stillOwn(way: () => unknown, word: string): () => boolean {
  let own: unknown;
  return () => {
    const now = way();
    if (own === undefined && String(now).includes(word)) own = now;
    return own !== undefined && now === own;
  };
}
