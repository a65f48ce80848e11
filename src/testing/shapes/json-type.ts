import type { JsonObject } from "../../conversation/types.ts";
import { AwsError } from "../aws-error.ts";

/** Readers of one JSON type each. A value of another type is AWS's SerializationException. */

export function expectString(value: unknown): string {
  return typeof value === "string" ? value : refuse(value, "a String");
}

export function expectBoolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(value, "a Boolean");
}

export function expectList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : refuse(value, "a List");
}

/** An object without its null members, which are absent to AWS. */
export function expectObject(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse(value, "a Structure");
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

export function expectFloat(value: unknown): number {
  return typeof value === "number" ? value : refuse(value, "a Float");
}

export function expectInteger(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value)) return refuse(value, "an Integer");
  if (Math.abs(value) < 2 ** 31) return value;
  throw new AwsError("SerializationException", `Numeric value (${value}) out of range of int`);
}

/** No backtracking in the check: the text may be megabytes long. */
export function expectBase64(value: unknown): string {
  const text = typeof value === "string" ? value : refuse(value, "a Blob");
  const padding = text.indexOf("=");
  const padded = padding < 0 || (padding >= text.length - 2 && /^={1,2}$/.test(text.slice(padding)));
  if (text.length % 4 === 0 && padded && !/[^A-Za-z0-9+/=]/.test(text)) return text;
  throw new AwsError("SerializationException", "A blob is not valid base64");
}

function refuse(value: unknown, wanted: string): never {
  throw new AwsError("SerializationException", `${token(value)} can not be converted to ${wanted}`);
}

/** The value as AWS's JSON reader calls it. */
function token(value: unknown): string {
  if (value === null) return "NULL_VALUE";
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return { string: "STRING_VALUE", number: "NUMBER_VALUE" }[typeof value as string] ?? "START_OBJECT";
}
