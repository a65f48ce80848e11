/** More callers at once than this, each with access of its own, make their clients anew. */
const MAX = 256;

/** Things that are made for a key and shared by all who come with it; the one that was longest unused is forgotten first. */
export function createBorrowed<T>(): (key: string, make: () => T) => T {
  const things = new Map<string, T>();
  return (key, make) => {
    const thing = things.get(key) ?? make();
    things.delete(key);
    things.set(key, thing);
    if (things.size > MAX) things.delete(things.keys().next().value!);
    return thing;
  };
}
