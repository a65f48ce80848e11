import { isObject } from "../../conversation/json-schema/is-object.ts";

/** One object, or a list of one. */
export function marengoVectors(data: unknown): readonly unknown[] {
  const [first] = Array.isArray(data) ? (data as unknown[]) : [data];
  return [isObject(first) ? first["embedding"] : undefined];
}
