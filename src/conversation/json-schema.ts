import type { JsonObject } from "./types.ts";

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema that AWS takes as a tool's input: its root is an object. */
export const toInputSchema = (parameters: JsonObject | null | undefined): JsonObject =>
  parameters?.["type"] === "object" ? parameters : { properties: {}, ...parameters, type: "object" };

/**
 * AWS compiles a schema only where every object forbids further properties. Objects that say nothing about them are
 * closed; what the caller said stays.
 */
export function closeObjects(schema: JsonObject): JsonObject {
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeWithin(value)]));
  const open = closed["type"] === "object" && !("additionalProperties" in closed);
  return open ? { ...closed, additionalProperties: false } : closed;
}

function closeWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeWithin);
  return isObject(value) ? closeObjects(value) : value;
}
