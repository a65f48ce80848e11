import type { JsonObject } from "../../conversation/types.ts";
import { AwsError, validationError } from "../aws-error.ts";
import { checkLength, checkRange, checkText } from "./constraints.ts";
import type { Members, Shape } from "./shape.ts";
import { constraintSentence, constraintsMessage } from "./wording.ts";

/** Where a value stands: AWS counts members from 1 in constraint messages and blocks from 0 in its own. */
interface Place {
  constraint: string;
  block: string;
}

interface Findings {
  constraints: string[];
  unions: string[];
}

/**
 * Reads a JSON value as AWS's deserializer and validator do: null is absent, members that no shape knows are
 * ignored. Returns the value so cleaned; throws SerializationException for a wrong JSON type and
 * ValidationException for broken constraints.
 */
export function readShape(shape: Shape, value: unknown): unknown {
  const findings: Findings = { constraints: [], unions: [] };
  const read = readValue(shape, value, { constraint: "", block: "" }, findings);
  if (findings.constraints.length > 0) throw validationError(constraintsMessage(findings.constraints));
  const [union] = findings.unions;
  if (union) throw validationError(union);
  return read;
}

function readValue(shape: Shape, value: unknown, place: Place, findings: Findings): unknown {
  const note = (sentence: string | undefined) => sentence && findings.constraints.push(sentence);
  switch (shape.kind) {
    case "document":
      return value;
    case "string":
    case "blob": {
      const text = expect(value, "string", shape.kind === "blob" ? "Blob" : "String") as string;
      note(checkText(shape, text, place.constraint));
      return text;
    }
    case "boolean":
      return expect(value, "boolean", "Boolean");
    case "integer":
    case "float": {
      const number = readNumber(shape.kind, value);
      note(checkRange(shape, number, place.constraint));
      return number;
    }
    case "list": {
      const items = expect(value, "list", "List") as unknown[];
      note(checkLength(shape, items.length, items.length === 0 ? "[]" : undefined, place.constraint));
      return items.map((item, index) => readValue(shape.member, item, element(place, index), findings));
    }
    case "map": {
      const entries = present(expect(value, "object", "Map") as JsonObject);
      note(checkLength(shape, entries.length, undefined, place.constraint));
      for (const [key] of entries) readValue(shape.key, key, member(place, key), findings);
      return Object.fromEntries(
        entries.map(([key, item]) => [key, readValue(shape.value, item, member(place, key), findings)]),
      );
    }
    case "structure": {
      const object = expect(value, "object", "Structure") as JsonObject;
      const read = readMembers(shape.members, object, place, findings);
      for (const name of shape.required) {
        if (name in read) continue;
        note(constraintSentence(member(place, name).constraint, undefined, "Member must not be null"));
      }
      return read;
    }
    case "union": {
      const object = expect(value, "object", "Union") as JsonObject;
      const read = readMembers(shape.members, object, place, findings);
      if (Object.keys(read).length !== 1) {
        const keys = Object.keys(shape.members).join(", ");
        findings.unions.push(
          `${shape.name} object at ${place.block} must set one of the following keys: ${keys}.`,
        );
      }
      return read;
    }
  }
}

function readMembers(members: Members, object: JsonObject, place: Place, findings: Findings): JsonObject {
  const known = present(object).flatMap(([name, value]) => {
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    return shape ? [[name, readValue(shape, value, member(place, name), findings)] as const] : [];
  });
  return Object.fromEntries(known);
}

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function expect(value: unknown, type: string, wanted: string): unknown {
  if (TYPES[type]?.(value)) return value;
  throw new AwsError("SerializationException", `${token(value)} can not be converted to a ${wanted}`);
}

function readNumber(kind: "integer" | "float", value: unknown): number {
  const wanted = kind === "integer" ? "an Integer" : "a Float";
  const fits = typeof value === "number" && (kind === "float" || Number.isInteger(value));
  if (!fits)
    throw new AwsError("SerializationException", `${token(value)} can not be converted to ${wanted}`);
  if (kind === "integer" && Math.abs(value) > 2 ** 31) {
    throw new AwsError("SerializationException", `Numeric value (${value}) out of range of int`);
  }
  return value;
}

/** The value as AWS's JSON reader calls it. */
function token(value: unknown): string {
  if (value === null) return "NULL_VALUE";
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return { string: "STRING_VALUE", number: "NUMBER_VALUE" }[typeof value as string] ?? "START_OBJECT";
}

function present(object: JsonObject): [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== null);
}

function member(place: Place, name: string): Place {
  return { constraint: join(place.constraint, name), block: join(place.block, name) };
}

function element(place: Place, index: number): Place {
  return { constraint: `${place.constraint}.${index + 1}.member`, block: `${place.block}.${index}` };
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
