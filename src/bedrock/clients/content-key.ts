import { createHash } from "node:crypto";

/**
 * Makes keys of values: the same for the same content, of which they show nothing. What content does not tell apart, functions
 * and objects of a class, is the same by identity.
 */
export function createContentKey(): (value: unknown) => string {
  const numbers = new WeakMap<object, number>();
  let count = 0;
  const numberOf = (thing: object): number => {
    if (!numbers.has(thing)) numbers.set(thing, (count += 1));
    return numbers.get(thing)!;
  };
  const comparable = (_: string, value: unknown): unknown => {
    if (typeof value === "function") return { identity: numberOf(value) };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if (!isPlain(value)) return { identity: numberOf(value) };
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return (value) =>
    createHash("sha256")
      .update(JSON.stringify([value], comparable))
      .digest("hex");
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
