import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";

/** What an answer that is passed through gets from this side. */
export interface Origin {
  /** The resolved id. */
  model: string;
  family: string;
  now(): number;
  newId(prefix: string): string;
}

/** What stands around an answer's choices: all that AWS says, what OpenAI's schema demands, and the resolved id. */
export function envelope(answer: JsonObject, object: string, { model, now, newId }: Origin): JsonObject {
  // The last is padding against eavesdroppers on AWS's own line.
  const { choices: _, usage: __, obfuscation: ___, ...said } = answer;
  const { id, created } = said;
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)),
    id: typeof id === "string" && id !== "" ? id : newId("chatcmpl-"),
    object,
    created: Number.isInteger(created) ? created : now(),
    model,
  };
}

/** Counts without what is null in them, which OpenAI's schema does not know; undefined where nothing was counted. */
export function toUsage(usage: unknown): JsonObject | undefined {
  if (!isObject(usage)) return undefined;
  const counts = Object.entries(usage).filter(([, value]) => value != null);
  return Object.fromEntries(
    counts.map(([name, value]) => [
      name,
      isObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([, count]) => count != null))
        : value,
    ]),
  );
}
