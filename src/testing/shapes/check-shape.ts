import type { JsonObject } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import { checkLength, checkRange, checkText } from "./constraints.ts";
import {
  expectBase64,
  expectBoolean,
  expectFloat,
  expectInteger,
  expectList,
  expectObject,
  expectString,
} from "./json-type.ts";
import { elementOf, memberOf, ROOT } from "./place.ts";
import type { Place } from "./place.ts";
import type { Members, Shape } from "./shape.ts";
import { constraintSentence, constraintsMessage } from "./wording.ts";

/** What is wrong so far: AWS tells all broken constraints at once, and unions after them. */
interface Findings {
  constraints: (string | undefined)[];
  unions: string[];
}

type Reader<K extends Shape["kind"]> = (
  shape: Extract<Shape, { kind: K }>,
  value: unknown,
  place: Place,
  findings: Findings,
) => unknown;

/**
 * Reads a JSON value as AWS's deserializer and validator do: null is absent, members that no shape knows are
 * ignored. Returns the value so cleaned; throws SerializationException for a wrong JSON type and
 * ValidationException for broken constraints.
 */
export function readShape(shape: Shape, value: unknown): unknown {
  const findings: Findings = { constraints: [], unions: [] };
  const read = readValue(shape, value, ROOT, findings);
  const broken = findings.constraints.filter((sentence) => sentence !== undefined);
  if (broken.length > 0) throw validationError(constraintsMessage(broken));
  if (findings.unions[0]) throw validationError(findings.unions[0]);
  return read;
}

const READERS: { [K in Shape["kind"]]: Reader<K> } = {
  document: (_, value) => value,
  boolean: (_, value) => expectBoolean(value),
  string: (shape, value, place, findings) => {
    const text = expectString(value);
    findings.constraints.push(checkText(shape, text, place.constraint));
    return text;
  },
  blob: (shape, value, place, findings) => {
    const text = expectBase64(value);
    findings.constraints.push(
      checkLength(shape, Buffer.byteLength(text, "base64"), undefined, place.constraint),
    );
    return text;
  },
  integer: (shape, value, place, findings) => readNumber(shape, expectInteger(value), place, findings),
  float: (shape, value, place, findings) => readNumber(shape, expectFloat(value), place, findings),
  list: (shape, value, place, findings) => {
    const items = expectList(value);
    const shown = items.length === 0 ? "[]" : undefined;
    findings.constraints.push(checkLength(shape, items.length, shown, place.constraint));
    return items.map((item, index) => readValue(shape.member, item, elementOf(place, index), findings));
  },
  map: (shape, value, place, findings) => {
    const entries = Object.entries(expectObject(value));
    findings.constraints.push(checkLength(shape, entries.length, undefined, place.constraint));
    const read = entries.map(([key, item]) => {
      const at = memberOf(place, key);
      return [readValue(shape.key, key, at, findings), readValue(shape.value, item, at, findings)];
    });
    return Object.fromEntries(read) as unknown;
  },
  structure: (shape, value, place, findings) => {
    const read = readMembers(shape.members, value, place, findings);
    const missing = shape.required.filter((name) => !(name in read));
    for (const name of missing) {
      const at = memberOf(place, name).constraint;
      findings.constraints.push(constraintSentence(at, undefined, "Member must not be null"));
    }
    return read;
  },
  union: ({ name, members }, value, place, findings) => {
    const read = readMembers(members, value, place, findings);
    if (Object.keys(read).length !== 1) {
      const keys = Object.keys(members).join(", ");
      findings.unions.push(`${name} object at ${place.block} must set one of the following keys: ${keys}.`);
    }
    return read;
  },
};

function readValue(shape: Shape, value: unknown, place: Place, findings: Findings): unknown {
  const read = READERS[shape.kind] as Reader<Shape["kind"]>;
  return read(shape as never, value, place, findings);
}

function readMembers(members: Members, value: unknown, place: Place, findings: Findings): JsonObject {
  const known = Object.entries(expectObject(value)).filter(([name]) => Object.hasOwn(members, name));
  return Object.fromEntries(
    known.map(([name, item]) => [
      name,
      readValue(members[name] as Shape, item, memberOf(place, name), findings),
    ]),
  );
}

function readNumber(
  shape: Extract<Shape, { kind: "integer" | "float" }>,
  value: number,
  place: Place,
  findings: Findings,
): number {
  findings.constraints.push(checkRange(shape, value, place.constraint));
  return value;
}
