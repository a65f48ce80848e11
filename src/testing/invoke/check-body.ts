import type { JsonObject } from "../../conversation/types.ts";
import { isObject } from "../rules/request.ts";
import type { BodyShape, ObjectShape } from "./body-shape.ts";
import type { Fault, Finding, Where } from "./finding.ts";
import { itemOf, memberOf, TOP } from "./finding.ts";

/** Everything in which a body differs from its shape. */
export function checkBody(shape: BodyShape, body: unknown): Finding[] {
  return check(shape, body, TOP);
}

type Check<K extends BodyShape["kind"]> = (
  shape: Extract<BodyShape, { kind: K }>,
  value: never,
  where: Where,
) => Finding[];

/** The JSON types that a kind of shape takes, by the name they have in findings. */
const EXPECTED: Record<Exclude<BodyShape["kind"], "any" | "either">, string> = {
  string: "String",
  enum: "String",
  number: "Number",
  integer: "Integer",
  boolean: "Boolean",
  null: "Null",
  list: "JSONArray",
  object: "JSONObject",
  tagged: "JSONObject",
};

/** What a value may not be, once it has the right type. */
const CHECKS: { [K in BodyShape["kind"]]?: Check<K> } = {
  string: ({ min, max }, { length }: string, where) => [
    ...problem(where, min !== undefined && length < min && { kind: "short", min: min ?? 0, length }),
    ...problem(where, max !== undefined && length > max && { kind: "long", max: max ?? 0, length }),
  ],
  enum: ({ values }, value: string, where) =>
    problem(where, !values.includes(value) && { kind: "enum", value, values }),
  number: checkNumber,
  integer: checkNumber,
  list: ({ member, min, max }, items: unknown[], where) => [
    ...problem(where, min !== undefined && items.length < min && { kind: "few", min, count: items.length }),
    ...problem(where, max !== undefined && items.length > max && { kind: "many", max, count: items.length }),
    ...items.flatMap((item, index) => check(member, item, itemOf(where, index))),
  ],
  object: checkObject,
  tagged: ({ tag, cases, usual }, value: JsonObject, where) => {
    const { [tag]: name = usual, ...rest } = value;
    if (name === undefined) return [{ where, fault: { kind: "required", key: tag } }];
    const shape = typeof name === "string" && Object.hasOwn(cases, name) ? cases[name] : undefined;
    if (!shape) return [{ where, fault: { kind: "tag", tag, value: name, values: Object.keys(cases) } }];
    return checkObject(shape, rest, { ...where, dotted: `${where.dotted}.${String(name)}` });
  },
};

function check(shape: BodyShape, value: unknown, where: Where): Finding[] {
  if (shape.kind === "any") return [];
  if (shape.kind === "either") {
    const fitting = shape.shapes.find((option) => hasType(option, value));
    return check(fitting ?? (shape.shapes[0] as BodyShape), value, where);
  }
  if (!hasType(shape, value)) {
    return [{ where, fault: { kind: "type", expected: EXPECTED[shape.kind], found: jsonType(value) } }];
  }
  const inner = CHECKS[shape.kind] as Check<BodyShape["kind"]> | undefined;
  return inner?.(shape, value as never, where) ?? [];
}

function hasType(shape: BodyShape, value: unknown): boolean {
  if (shape.kind === "any" || shape.kind === "either") return true;
  const found = jsonType(value);
  const expected = EXPECTED[shape.kind];
  return found === expected || (expected === "Number" && (found === "Integer" || found === "Double"));
}

function checkNumber(
  { min, max, above }: { min?: number; max?: number; above?: number },
  value: number,
  where: Where,
): Finding[] {
  return [
    ...problem(where, min !== undefined && value < min && { kind: "low", value, min }),
    ...problem(where, above !== undefined && value <= above && { kind: "notAbove", value, above }),
    ...problem(where, max !== undefined && value > max && { kind: "high", value, max }),
  ];
}

function checkObject({ members, required, open }: ObjectShape, value: JsonObject, where: Where): Finding[] {
  const missing = required.filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key): Finding => ({ where, fault: { kind: "required", key } })),
    ...Object.entries(value).flatMap(([key, item]) => {
      const shape = Object.hasOwn(members, key) ? members[key] : undefined;
      if (shape) return check(shape, item, memberOf(where, key));
      return problem(where, !open && { kind: "extraneous", key });
    }),
  ];
}

function problem(where: Where, fault: Fault | false): Finding[] {
  return fault ? [{ where, fault }] : [];
}

function jsonType(value: unknown): string {
  if (value === null) return "Null";
  if (Array.isArray(value)) return "JSONArray";
  if (isObject(value)) return "JSONObject";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  return typeof value === "string" ? "String" : "Boolean";
}
