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

/** Definitions that lead from one to the next for longer are as bad as a cycle, and as deep as the stack. */
const MAX_OPEN = 100;

/** References to references multiply: beyond as many nodes, what is left is any value. */
const MAX_NODES = 20_000;

/**
 * The schema with every `#/…` reference in place of what it points to, and no definitions. Where a schema refers to
 * itself, the inner one may be any value.
 */
export function inlineReferences(schema: JsonObject): JsonObject {
  let nodes = 0;
  const inline = (value: unknown, open: readonly string[]): unknown => {
    nodes += 1;
    if (Array.isArray(value)) return value.map((item) => inline(item, open));
    if (!isObject(value)) return value;
    const { $ref, ...beside } = value;
    if (typeof $ref !== "string") return mapValues(value, (each) => inline(each, open));
    const ends = open.includes($ref) || open.length > MAX_OPEN || nodes > MAX_NODES;
    const found = ends ? undefined : pointed($ref, schema);
    const rest = mapValues(beside, (each) => inline(each, open));
    return found ? { ...(inline(found, [...open, $ref]) as JsonObject), ...rest } : rest;
  };
  const { $defs: _, definitions: __, ...root } = schema;
  return inline(root, []) as JsonObject;
}

/** Whether a schema contains itself, which no grammar that AWS compiles can. */
export function isRecursive(schema: JsonObject): boolean {
  const done = new Set<string>();
  const visit = (value: unknown, open: readonly string[]): boolean => {
    if (Array.isArray(value)) return value.some((item) => visit(item, open));
    if (!isObject(value)) return false;
    const { $ref } = value;
    if (typeof $ref === "string" && !done.has($ref)) {
      if (open.includes($ref) || open.length > MAX_OPEN) return true;
      if (visit($ref === "#" ? schema : pointed($ref, schema), [...open, $ref])) return true;
      done.add($ref);
    }
    return Object.values(value).some((each) => visit(each, open));
  };
  return visit(schema, []);
}

const mapValues = (object: JsonObject, map: (value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
