/**
 * Far above any real request. Whatever reads an object member by member, judges it or copies it, costs a microsecond for
 * each, during which nobody else is answered.
 */
export const MAX_MEMBERS = 500_000;

export interface Excess {
  kind: "levels" | "members";
  /** Where it begins, as OpenAI writes paths; empty for the whole. */
  at: string;
  /** Of the object that has too many. */
  count: number;
}

/**
 * What goes beyond a bound within a value that was parsed.
 * @param levels How deep it may be. No walk goes deeper than that, so it is never itself the overflow that it looks for.
 */
export function excessIn(value: unknown, levels: number): Excess | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (levels < 0) return { kind: "levels", at: "", count: 0 };
  return Array.isArray(value)
    ? excessInItems(value, levels)
    : excessInMembers(value as Record<string, unknown>, levels);
}

function excessInItems(items: readonly unknown[], levels: number): Excess | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const found = excessIn(items[index], levels - 1);
    if (found) return { ...found, at: joined(`[${index}]`, found.at) };
  }
  return undefined;
}

function excessInMembers(object: Readonly<Record<string, unknown>>, levels: number): Excess | undefined {
  let count = 0;
  // Object.keys would make a list of every object in a request.
  for (const name in object) {
    count += 1;
    const found = excessIn(object[name], levels - 1);
    if (found) return { ...found, at: joined(name.slice(0, 64), found.at) };
  }
  return count > MAX_MEMBERS ? { kind: "members", at: "", count } : undefined;
}

const joined = (name: string, rest: string): string =>
  rest === "" || rest.startsWith("[") ? `${name}${rest}` : `${name}.${rest}`;
