import type { JsonObject } from "../../conversation/types.ts";
import { isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";

/** A JSON schema that a prompt asks to follow, on a line of its own. */
export function instructedSchema({ system = [], messages = [] }: ConverseRequest): JsonObject | undefined {
  const texts = [...system, ...(messages[0]?.content ?? [])].map(({ text }) => text ?? "");
  const lines = texts.filter((text) => /JSON schema/i.test(text)).flatMap((text) => text.split("\n"));
  return lines.map(parseObject).find((schema) => schema !== undefined);
}

function parseObject(line: string): JsonObject | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
