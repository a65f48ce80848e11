import { AwsError } from "../aws-error.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { ConverseRequest } from "./request.ts";

/** Something AWS or the model refuses although every shape fits. */
export interface Rule {
  name: string;
  /** The exception. Default: `ValidationException`. */
  error?: string;
  /** The message of the exception, or undefined when the request may pass. */
  check(request: ConverseRequest, model: Model, streaming: boolean): string | undefined;
}

/** Throws the message of the first rule that the request breaks. */
export function checkRules(
  rules: readonly Rule[],
  request: ConverseRequest,
  model: Model,
  streaming: boolean,
): void {
  for (const rule of rules) {
    const message = rule.check(request, model, streaming);
    if (message !== undefined) throw new AwsError(rule.error ?? "ValidationException", message);
  }
}

/** How Converse reports what the model behind it refused. */
export function modelError(message: string): string {
  return `The model returned the following errors: ${message}`;
}

/** How Converse refuses a member that a model does not know. */
export function unsupportedField(path: string, remove = path): string {
  return `This model doesn't support the ${path} field. Remove ${remove} and try again.`;
}

/** How a strict native request schema refuses a member. */
export function extraneousKey(key: string, at = "#"): string {
  return `Malformed input request: ${at}: extraneous key [${key}] is not permitted, please reformat your input and try again.`;
}

/** `'a', 'b' or 'c'` */
export function listed(values: readonly string[], joint: string): string {
  const quoted = values.map((value) => `'${value}'`);
  return `${quoted.slice(0, -1).join(", ")}${joint}${quoted.at(-1)}`;
}

/** The first defined result. */
export function firstOf<T, R>(
  items: readonly T[],
  find: (item: T, index: number) => R | undefined,
): R | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first value that occurs a second time. */
export function firstDuplicate<T>(items: readonly T[], key: (item: T) => string): T | undefined {
  const seen = new Set<string>();
  return items.find((item) => seen.size === seen.add(key(item)).size);
}
