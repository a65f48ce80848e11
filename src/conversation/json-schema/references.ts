import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";

/** Longer chains of references are cycles. */
const MAX_HOPS = 16;

/** What a `#/…` reference at the top of a schema points to, with the definitions it needs. */
export function dereference(schema: JsonObject, document: JsonObject): JsonObject {
  let current = schema;
  for (let hop = 0; hop < MAX_HOPS && typeof current["$ref"] === "string"; hop += 1) {
    const { $ref, ...beside } = current;
    const found = pointed($ref as string, document);
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

/**
 * The schema with every `#/…` reference in place of what it points to, and no definitions. Where a schema refers to
 * itself, the inner one may be any value.
 */
export function inlineReferences(schema: JsonObject): JsonObject {
  let size = 0;
  const inline = (value: unknown, open: readonly string[], depth: number): unknown => {
    size += typeof value === "string" ? 1 + value.length / 16 : 1;
    if (depth > MAX_DEPTH) return {};
    if (Array.isArray(value)) return value.map((item) => inline(item, open, depth + 1));
    if (!isObject(value)) return value;
    const { $ref, ...beside } = value;
    if (typeof $ref !== "string") return mapValues(value, (each) => inline(each, open, depth + 1));
    const found = open.includes($ref) || size > MAX_SIZE ? undefined : pointed($ref, schema);
    const rest = mapValues(beside, (each) => inline(each, open, depth + 1));
    return found ? { ...(inline(found, [...open, $ref], depth + 1) as JsonObject), ...rest } : rest;
  };
  const { $defs: _, definitions: __, ...root } = schema;
  return inline(root, [], 0) as JsonObject;
}

/** Whether a reference leads nowhere, or to where it came from: AWS compiles no such schema. */
export function hasBadReferences(schema: JsonObject): boolean {
  const done = new Set<string>();
  const visit = (value: unknown, open: readonly string[], depth: number): boolean => {
    if (depth > MAX_DEPTH) return true;
    if (Array.isArray(value)) return value.some((item) => visit(item, open, depth + 1));
    if (!isObject(value)) return false;
    const { $ref } = value;
    if (typeof $ref === "string" && !done.has($ref)) {
      if (open.includes($ref)) return true;
      const found = $ref === "#" ? schema : pointed($ref, schema);
      if (!found || visit(found, [...open, $ref], depth + 1)) return true;
      done.add($ref);
    }
    return Object.values(value).some((each) => visit(each, open, depth + 1));
  };
  return visit(schema, [], 0);
}

const mapValues = (object: JsonObject, map: (value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
