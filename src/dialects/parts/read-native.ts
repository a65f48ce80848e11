import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject, StopReason } from "../../conversation/types.ts";

/** A member of JSON that nobody has vouched for, if it is what it should be. */
export const textIn = (value: JsonObject | undefined, name: string): string | undefined => {
  const member = value?.[name];
  return typeof member === "string" ? member : undefined;
};

export const countIn = (value: JsonObject | undefined, name: string): number | undefined => {
  const member = value?.[name];
  return typeof member === "number" ? member : undefined;
};

export const objectIn = (value: JsonObject | undefined, name: string): JsonObject | undefined => {
  const member = value?.[name];
  return isObject(member) ? member : undefined;
};

export const objectsIn = (value: JsonObject | undefined, name: string): JsonObject[] => {
  const member: unknown = value?.[name];
  return Array.isArray(member) ? member.filter(isObject) : [];
};

/** The row that a name in an answer stands for: `constructor` is a name too. */
export const rowOf = <Row>(table: Readonly<Record<string, Row>>, name: string | undefined): Row | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;

/** The first of a list of answers: nobody asks for more. */
export const firstIn = (value: JsonObject | undefined, name: string): JsonObject | undefined => {
  const member: unknown = value?.[name];
  const first: unknown = Array.isArray(member) ? member[0] : undefined;
  return isObject(first) ? first : undefined;
};

/** A reason in Converse's words; one that no table has stays what it is, since a guess would hide it. */
export function stopReasonOf(
  reason: string | undefined,
  table: Readonly<Record<string, StopReason>>,
): StopReason | undefined {
  // Some hosts write it into every chunk, empty until there is one.
  if (!reason) return undefined;
  const name = reason.toLowerCase();
  return Object.hasOwn(table, name) ? table[name] : name;
}
