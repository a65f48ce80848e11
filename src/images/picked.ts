import type { JsonObject } from "../conversation/types.ts";

/** The members of these names that are given. */
export const picked = (from: JsonObject, names: readonly string[]): JsonObject =>
  definedOnly(Object.fromEntries(names.map((name) => [name, from[name]])));

export const definedOnly = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
