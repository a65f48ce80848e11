import type { Adjustment } from "../../adjustments.ts";
import { isRawNumber, parseExact } from "../../conversation/exact-json.ts";
import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { isTooDeep } from "../../http/depth.ts";

/** Histories hold what models really wrote; one bad call must not make the conversation unusable. */
export function parseArguments(text: string, param: string, adjustments: Adjustment[]): JsonObject {
  if (text.trim() === "") return {};
  const value = parse(text);
  if (isObject(value) && !isRawNumber(value) && !isTooDeep(value))
    return text.includes('""') ? withoutBlankKeys(value) : value;
  adjustments.push({
    param,
    action: "emulated",
    reason: "Arguments that are not a JSON object are sent as {_raw}.",
  });
  return { _raw: text };
}

function parse(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** Bedrock refuses objects, however deep, with a key of no characters. */
function withoutBlankKeys(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([key]) => key !== "");
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutBlankKeysWithin(value)]));
}

function withoutBlankKeysWithin(value: unknown): unknown {
  if (isRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map(withoutBlankKeysWithin);
  return isObject(value) ? withoutBlankKeys(value) : value;
}
