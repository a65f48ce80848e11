import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import type { OwnKind } from "./family.ts";

type Read = (text: string) => unknown;

/** A form has texts only. `undefined` is what a text is not. */
const READ: Readonly<Record<OwnKind, Read>> = {
  text: (text) => text,
  number: (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined),
  json: parsed,
  // AWS takes base64 alone.
  picture: (text) => text.replace(/^data:[^,]{0,200},/i, ""),
};

const EXPECTED: Readonly<Record<OwnKind, string>> = {
  text: "a string",
  number: "a number",
  json: "JSON",
  picture: "a string",
};

/**
 * A family's own parameters, the texts of a form read as what they are.
 * @throws BedrockOpenAIError 400 for a text that is not what its parameter is.
 */
export function readOwn(own: JsonObject, kinds: Readonly<Record<string, OwnKind>>): JsonObject {
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      return [name, kind !== undefined && typeof value === "string" ? read(name, value, kind) : value];
    }),
  );
}

function read(param: string, text: string, kind: OwnKind): unknown {
  const value = READ[kind](text);
  if (value !== undefined) return value;
  throw invalidRequest(`Invalid type for '${param}': expected ${EXPECTED[kind]}, but got a string instead.`, {
    code: "invalid_type",
    param,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
