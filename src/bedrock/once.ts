import type { Awaitable } from "../awaitable.ts";

/** Makes a thing when it is first asked for, and only then; what could not be made is tried again the next time. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (!made) {
      made = make();
      made.catch(() => (made = undefined));
    }
    return made;
  };
}

/** The same, and the thing itself as soon as it is there. */
export function atHand<T>(make: () => Promise<T>): () => Awaitable<T> {
  let known: { thing: T } | undefined;
  const made = once(async () => (known = { thing: await make() }).thing);
  return () => (known ? known.thing : made());
}
