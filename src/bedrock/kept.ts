/**
 * Things that are made for a key and shared by all who come with it.
 * @param most So many are kept; the one that was longest unused is forgotten first.
 */
export function createKept<T>(most: number): (key: string, make: () => T) => T {
  const things = new Map<string, T>();
  return (key, make) => {
    const thing = things.get(key) ?? make();
    things.delete(key);
    things.set(key, thing);
    if (things.size > most) things.delete(things.keys().next().value!);
    return thing;
  };
}
