import type { JsonObject } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { NativeError } from "./native-error.ts";
import type { Host } from "./resolve.ts";

/** Something that a host or a model refuses in a native body. */
export interface NativeRule {
  name: string;
  /** The message of the refusal, or undefined when the body may pass. */
  check(body: JsonObject, model: Model, host: Host): string | undefined;
}

/** Throws the message of the first rule that the body breaks. */
export function checkNative(rules: readonly NativeRule[], body: JsonObject, model: Model, host: Host): void {
  for (const { check } of rules) {
    const message = check(body, model, host);
    if (message !== undefined) throw new NativeError(message);
  }
}

/** How OpenAI refuses a member that it does not know. */
export function unknownParameter(body: JsonObject, known: ReadonlySet<string>): string | undefined {
  const stranger = Object.keys(body).find((key) => !known.has(key));
  return stranger && `Unknown parameter: '${stranger}'.`;
}

/** How OpenAI refuses a member that this model does not take. */
export function unsupportedParameter(name: string, instead?: string): string {
  const advice = instead === undefined ? "" : ` Use '${instead}' instead.`;
  return `Unsupported parameter: '${name}' is not supported with this model.${advice}`;
}

/** A body without what is null, which to OpenAI is the same as absent. */
export function withoutNulls(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
