import { isObject } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import { refTarget } from "./schema-ref.ts";

/** Keywords that the schema compiler does not know. */
const UNKNOWN_KEYWORDS = new Set(
  "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems".split(" "),
);

/** Keywords whose values are data, not schemas. */
const LITERALS = new Set(["enum", "const", "default", "examples", "required"]);

interface Walk {
  /** Where the schema stands in Claude's own request. */
  at: string;
  root: unknown;
  /** References that were followed and found good. */
  good: Set<string>;
}

/** What keeps a schema from becoming a grammar. Source: AWS's structured outputs, a subset of JSON Schema 2020-12. */
export function compilerProblem(at: string, schema: unknown): string | undefined {
  return schemaProblem({ at, root: schema, good: new Set() }, schema, []);
}

function schemaProblem(walk: Walk, schema: unknown, trail: readonly string[]): string | undefined {
  if (Array.isArray(schema)) return firstOf(schema, (item) => schemaProblem(walk, item, trail));
  if (!isObject(schema)) return undefined;
  const { $ref } = schema;
  return (
    (typeof $ref === "string" ? refProblem(walk, $ref, trail) : undefined) ??
    keywordProblem(walk.at, schema) ??
    firstOf(Object.entries(schema), ([key, value]) =>
      LITERALS.has(key) ? undefined : schemaProblem(walk, value, trail),
    )
  );
}

function refProblem(walk: Walk, ref: string, trail: readonly string[]): string | undefined {
  if (!ref.startsWith("#")) return modelError(`${walk.at}: External reference '${ref}' is not supported`);
  if (trail.includes(ref)) return modelError(`${walk.at}: Circular reference detected in schema: '${ref}'`);
  if (walk.good.has(ref)) return undefined;
  const target = refTarget(ref, walk.root);
  if (target === undefined) return modelError(`${walk.at}: Reference '${ref}' not found in schema`);
  const problem = schemaProblem(walk, target, [...trail, ref]);
  if (problem === undefined) walk.good.add(ref);
  return problem;
}

function keywordProblem(at: string, schema: Record<string, unknown>): string | undefined {
  const { type, additionalProperties, minItems } = schema;
  if (type === "object" && additionalProperties !== false) {
    return modelError(`${at}: For 'object' type, 'additionalProperties' must be explicitly set to false`);
  }
  if (typeof type !== "string") return undefined;
  if (type === "array" && minItems !== undefined && minItems !== 0 && minItems !== 1) {
    return modelError(`${at}: For 'array' type, 'minItems' values other than 0 or 1 are not supported`);
  }
  const unknown = Object.keys(schema).find((key) => UNKNOWN_KEYWORDS.has(key));
  return unknown && modelError(`${at}: For '${type}' type, property '${unknown}' is not supported`);
}
