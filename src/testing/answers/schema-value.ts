import { isObject } from "../rules/request.ts";
import { refTarget } from "../rules/schema-ref.ts";
import { mentions, numbers, phrases } from "./user-words.ts";

type Schema = Record<string, unknown>;

const MAX_DEPTH = 8;

/** Of lists and texts that a schema wants longer: nobody's test needs more, and there is an end to memory. */
const MAX_SIZE = 10_000;

/** Examples of JSON Schema's formats. */
const FORMATS: Record<string, string> = {
  date: "2026-01-01",
  "date-time": "2026-01-01T00:00:00Z",
  time: "00:00:00Z",
  duration: "P1D",
  email: "user@example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com",
  uuid: "00000000-0000-4000-8000-000000000000",
};

/** What the user's text still has to offer; each phrase and number is used once. */
interface Source {
  text: string;
  phrases: string[];
  numbers: number[];
  root: Schema;
}

/**
 * A value that fits a JSON Schema, the same for the same schema and text. It takes what it can from the text: enum
 * values that are mentioned, numbers, quoted phrases and names. `skip` names phrases that are taken already.
 */
export function schemaValue(schema: unknown, text: string, skip: readonly string[] = []): unknown {
  const root = isObject(schema) ? schema : {};
  const free = phrases(text).filter((phrase) => !skip.includes(phrase));
  return valueOf(root, { text, phrases: free, numbers: numbers(text), root }, "value", 0);
}

function valueOf(given: Schema, source: Source, name: string, depth: number): unknown {
  const schema = resolve(given, source.root);
  if (depth > MAX_DEPTH) return null;
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return pickEnum(schema["enum"], source.text);
  if (Array.isArray(schema["examples"]) && schema["examples"].length > 0) return schema["examples"][0];
  const type = typeOf(schema);
  const make = Object.hasOwn(MAKERS, type) ? MAKERS[type] : undefined;
  return make ? make(schema, source, name, depth) : null;
}

type Maker = (schema: Schema, source: Source, name: string, depth: number) => unknown;

const MAKERS: Record<string, Maker> = {
  object: objectValue,
  array: (schema, source, name, depth) => {
    const items = isObject(schema["items"]) ? schema["items"] : {};
    const count = Math.min(MAX_SIZE, Math.max(1, Number(schema["minItems"] ?? 1) || 1));
    return Array.from({ length: schema["maxItems"] === 0 ? 0 : count }, () =>
      valueOf(items, source, name, depth + 1),
    );
  },
  string: (schema, source, name) => {
    const { format } = schema;
    const example =
      typeof format === "string" && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
    return example ?? fitLength(source.phrases.shift() ?? name, schema);
  },
  number: (schema, source) => fitRange(source.numbers.shift() ?? 1, schema),
  integer: (schema, source) => Math.trunc(fitRange(takeInteger(source) ?? 1, schema)),
  boolean: () => true,
  null: () => null,
};

function objectValue(schema: Schema, source: Source, _name: string, depth: number): unknown {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].filter(isText) : [];
  const names = required.length > 0 ? required : Object.keys(properties);
  const entries = names.map((name) => {
    const property = properties[name];
    return [name, valueOf(isObject(property) ? property : {}, source, name, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** Follows `$ref`, merges `allOf`, and takes the first alternative that is not null. */
function resolve(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > MAX_DEPTH) return {};
  const { $ref, allOf, anyOf, oneOf, ...rest } = schema;
  const parts = [
    typeof $ref === "string" ? refTarget($ref, root) : undefined,
    ...(Array.isArray(allOf) ? allOf : []),
    [anyOf, oneOf]
      .flatMap((options) => (Array.isArray(options) ? options : []))
      .find((option) => !isNull(option)),
  ].filter(isObject);
  if (parts.length === 0) return schema;
  return mergeAll([rest, ...parts.map((part) => resolve(part, root, depth + 1))]);
}

function mergeAll(schemas: readonly Schema[]): Schema {
  const properties = Object.assign({}, ...schemas.map((schema) => schema["properties"] ?? {})) as Schema;
  const required = schemas.flatMap((schema) => (Array.isArray(schema["required"]) ? schema["required"] : []));
  const merged = Object.assign({}, ...schemas) as Schema;
  return {
    ...merged,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function typeOf(schema: Schema): string {
  const { type } = schema;
  const types = Array.isArray(type)
    ? type.filter(isText)
    : [isText(type) ? type : schema["properties"] ? "object" : "string"];
  return types.find((name) => name !== "null") ?? "null";
}

function isNull(option: unknown): boolean {
  return isObject(option) && option["type"] === "null";
}

function pickEnum(values: readonly unknown[], text: string): unknown {
  return values.find((value) => isPlain(value) && mentions(text, String(value))) ?? values[0];
}

function takeInteger(source: Source): number | undefined {
  const at = source.numbers.findIndex(Number.isInteger);
  return at < 0 ? undefined : source.numbers.splice(at, 1)[0];
}

function fitRange(value: number, schema: Schema): number {
  const step = schema["type"] === "integer" ? 1 : 0.5;
  const low = Number(schema["minimum"] ?? Number(schema["exclusiveMinimum"] ?? -Infinity) + step);
  const high = Number(schema["maximum"] ?? Number(schema["exclusiveMaximum"] ?? Infinity) - step);
  const fitted = Math.min(Math.max(value, low), high);
  const multiple = Number(schema["multipleOf"] ?? 0);
  return multiple > 0 ? Math.ceil(fitted / multiple) * multiple : fitted;
}

function fitLength(text: string, schema: Schema): string {
  return text
    .padEnd(Math.min(MAX_SIZE, Number(schema["minLength"] ?? 0)), "x")
    .slice(0, Number(schema["maxLength"] ?? Infinity));
}

const isText = (value: unknown): value is string => typeof value === "string";

const isPlain = (value: unknown): boolean =>
  isText(value) || typeof value === "number" || typeof value === "boolean";
