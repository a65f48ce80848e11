import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";

/** Longer chains of references are cycles. */
const MAX_HOPS = 16;

/** What a `#/…` reference leads to; undefined where that is no object. */
export type Lookup = (reference: string) => JsonObject | undefined;

/** Each reference is followed once, however often it is met. */
export function lookupIn(document: JsonObject): Lookup {
  const known = new Map<string, JsonObject | undefined>();
  return (reference) => {
    if (!known.has(reference)) known.set(reference, pointed(reference, document));
    return known.get(reference);
  };
}

/** What a `#/…` reference at the top of a schema points to, with the definitions it needs. */
export function dereference(schema: JsonObject, lookup: Lookup): JsonObject {
  let current = schema;
  for (let hop = 0; hop < MAX_HOPS && typeof current["$ref"] === "string"; hop += 1) {
    const { $ref, ...beside } = current;
    const found = lookup($ref as string);
    if (!found) return beside;
    current = { ...beside, ...found };
  }
  return current;
}

function pointed(reference: string, document: JsonObject): JsonObject | undefined {
  if (!reference.startsWith("#/")) return undefined;
  const keys = reference
    .slice(2)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const found = keys.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    document,
  );
  return isObject(found) ? found : undefined;
}

/** Deeper than any schema that was written, and far from the stack's end. */
const MAX_DEPTH = 400;

/** References to references multiply: beyond as much, what is left is any value. In nodes and every 16 characters. */
const MAX_SIZE = 40_000;

/** How much may still be written in the place of references. Schemas of one request share it. */
export interface Room {
  left: number;
}

export const roomForReferences = (): Room => ({ left: MAX_SIZE });

const sizeOf = (value: unknown): number => {
  if (typeof value === "string") return 1 + value.length / CHARS;
  return isObject(value) ? Object.keys(value).reduce((size, key) => size + key.length / CHARS, 1) : 1;
};

/** As much text as a node. */
const CHARS = 16;

/**
 * The schema with every `#/…` reference in place of what it points to, and no definitions. Where a schema refers to
 * itself, the inner one may be any value.
 */
export function inlineReferences(schema: JsonObject, room: Room = roomForReferences()): JsonObject {
  const lookup = lookupIn(schema);
  const inline = (value: unknown, open: readonly JsonObject[], depth: number): unknown => {
    if (open.length > 0) room.left -= sizeOf(value);
    if (depth > MAX_DEPTH) return {};
    if (Array.isArray(value)) return value.map((item) => inline(item, open, depth + 1));
    if (!isObject(value)) return value;
    const { $ref, ...beside } = value;
    if (typeof $ref !== "string") return mapValues(value, (each) => inline(each, open, depth + 1));
    const found = room.left > 0 ? lookup($ref) : undefined;
    const rest = mapValues(beside, (each) => inline(each, open, depth + 1));
    if (!found || open.includes(found)) return rest;
    return { ...(inline(found, [...open, found], depth + 1) as JsonObject), ...rest };
  };
  const { $defs: _, definitions: __, ...root } = schema;
  return inline(root, [], 0) as JsonObject;
}

/** Whether a reference leads nowhere, or to where it came from: AWS compiles no such schema. */
export function hasBadReferences(schema: JsonObject): boolean {
  const lookup = lookupIn(schema);
  /** Looked through to the end, by whatever reference: one place has as many names as its keys have tildes. */
  const sound = new Set<object>();
  const open = new Set<JsonObject>();
  const leadsAstray = ($ref: string, depth: number): boolean => {
    const found = $ref === "#" ? schema : lookup($ref);
    if (!found || open.has(found)) return true;
    open.add(found);
    const isBad = visit(found, depth);
    open.delete(found);
    return isBad;
  };
  const visit = (value: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH) return true;
    if (typeof value !== "object" || value === null || sound.has(value)) return false;
    const isBad =
      (isObject(value) && typeof value["$ref"] === "string" && leadsAstray(value["$ref"], depth + 1)) ||
      Object.values(value).some((each) => visit(each, depth + 1));
    if (!isBad) sound.add(value);
    return isBad;
  };
  return visit(schema, 0);
}

const mapValues = (object: JsonObject, map: (value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
