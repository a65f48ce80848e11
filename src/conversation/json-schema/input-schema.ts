import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";
import { dereference, type Lookup, lookupIn } from "./references.ts";

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
    : merged(parameters, { lookup: lookupIn(parameters), merges: MAX_MERGES, members: MAX_MEMBERS });
}

/** Branches of branches that refer to one another multiply: what is beyond is taken as it stands. */
const MAX_MERGES = 200;

/** The same for what stands in them: many branches may refer to one of many properties. */
const MAX_MEMBERS = 5_000;

/** Every branch around a branch reads again what is in it. */
const MAX_NESTING = 16;

/** As much text as a member. */
const CHARS = 64;

interface Work {
  lookup: Lookup;
  /** How many are left. */
  merges: number;
  members: number;
}

function merged(schema: JsonObject, work: Work, nesting = 0): JsonObject {
  work.merges -= 1;
  const { allOf, anyOf, oneOf, ...rest } = dereference(schema, work.lookup);
  const within = (list: unknown): JsonObject[] => branches(list, work, nesting + 1);
  const parts = [rest, ...within(allOf)];
  const alternatives = [anyOf, oneOf].map(within).filter((list) => list.length > 0);
  const properties = new Map<string, unknown>();
  for (const part of parts) {
    work.members -= membersOf(part);
    for (const [name, each] of Object.entries(propertiesOf(part))) properties.set(name, each);
  }
  for (const list of alternatives)
    for (const [name, variants] of variantsOf(list, work)) properties.set(name, anyOfAll(variants));
  const required = new Set([...parts.flatMap(requiredOf), ...alternatives.flatMap(requiredByAll)]);
  return {
    ...rest,
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.size > 0 && { required: [...required] }),
  };
}

const branches = (list: unknown, work: Work, nesting: number): JsonObject[] =>
  Array.isArray(list)
    ? list
        .filter(isObject)
        .map((branch) =>
          isReshaped(branch) && hasRoom(work, nesting) ? merged(branch, work, nesting) : branch,
        )
    : [];

const hasRoom = ({ merges, members }: Work, nesting: number): boolean =>
  merges > 0 && members > 0 && nesting <= MAX_NESTING;

/** What reading a schema takes. */
const membersOf = (schema: JsonObject): number =>
  Object.keys(schema).length + Object.keys(propertiesOf(schema)).length + requiredOf(schema).length;

/** Every property with what the alternatives say of it, each once. */
function variantsOf(list: readonly JsonObject[], work: Work): Map<string, Map<string, unknown>> {
  const properties = new Map<string, Map<string, unknown>>();
  for (const alternative of list) {
    work.members -= membersOf(alternative);
    for (const [name, each] of Object.entries(propertiesOf(alternative))) {
      const variants = properties.get(name) ?? new Map<string, unknown>();
      const text = JSON.stringify(each);
      work.members -= text.length / CHARS;
      properties.set(name, variants.set(text, each));
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
