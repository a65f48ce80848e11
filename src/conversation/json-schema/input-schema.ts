import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";
import { dereference } from "./references.ts";

const COMBINATORS = ["allOf", "anyOf", "oneOf"] as const;

const isInputSchema = (schema: JsonObject): boolean =>
  schema["type"] === "object" && !("$ref" in schema) && !COMBINATORS.some((key) => key in schema);

/** True where `toInputSchema` has to say something other than the caller did, not only what they left unsaid. */
export const isReshaped = (schema: JsonObject): boolean =>
  !isInputSchema(schema) && !isInputSchema({ type: "object", ...schema });

/**
 * A schema that AWS takes as a tool's input: its root is an object without reference, anyOf, oneOf or allOf. Branches
 * of the root become one object with the properties of all; required is what every alternative requires, and a property
 * that the alternatives describe differently may be any of what they say.
 */
export function toInputSchema(parameters: JsonObject | null | undefined): JsonObject {
  if (!parameters) return { type: "object", properties: {} };
  return isInputSchema(parameters)
    ? parameters
    : merged(parameters, { document: parameters, left: MAX_MERGES });
}

/** Branches of branches that refer to one another multiply: what is beyond is taken as it stands. */
const MAX_MERGES = 200;

interface Work {
  /** What references are looked up in. */
  document: JsonObject;
  left: number;
}

function merged(schema: JsonObject, work: Work): JsonObject {
  work.left -= 1;
  const { allOf, anyOf, oneOf, ...rest } = dereference(schema, work.document);
  const parts = [rest, ...branches(allOf, work)];
  const alternatives = [anyOf, oneOf].map((list) => branches(list, work)).filter((list) => list.length > 0);
  const properties = new Map<string, unknown>();
  for (const part of parts)
    for (const [name, each] of Object.entries(propertiesOf(part))) properties.set(name, each);
  for (const list of alternatives)
    for (const [name, variants] of variantsOf(list)) properties.set(name, anyOfAll(variants));
  const required = new Set([...parts.flatMap(requiredOf), ...alternatives.flatMap(requiredByAll)]);
  return {
    ...rest,
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.size > 0 && { required: [...required] }),
  };
}

const branches = (list: unknown, work: Work): JsonObject[] =>
  Array.isArray(list)
    ? list
        .filter(isObject)
        .map((branch) => (isReshaped(branch) && work.left > 0 ? merged(branch, work) : branch))
    : [];

/** Every property with what the alternatives say of it, each once. */
function variantsOf(list: readonly JsonObject[]): Map<string, Map<string, unknown>> {
  const properties = new Map<string, Map<string, unknown>>();
  for (const alternative of list) {
    for (const [name, each] of Object.entries(propertiesOf(alternative))) {
      const variants = properties.get(name) ?? new Map<string, unknown>();
      properties.set(name, variants.set(JSON.stringify(each), each));
    }
  }
  return properties;
}

function anyOfAll(variants: ReadonlyMap<string, unknown>): unknown {
  const all = [...variants.values()];
  return all.length === 1 ? all[0] : { anyOf: all };
}

/** What every alternative requires. */
function requiredByAll(list: readonly JsonObject[]): string[] {
  const [first = [], ...others] = list.map(requiredOf);
  const sets = others.map((names) => new Set(names));
  return first.filter((key) => sets.every((names) => names.has(key)));
}

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});

const requiredOf = ({ required }: JsonObject): string[] =>
  Array.isArray(required) ? required.filter((key) => typeof key === "string") : [];
