import type { Model } from "../catalogue/model-id.ts";
import { validationError } from "../aws-error.ts";
import type { ConverseRequest } from "./request.ts";

/** Something AWS or the model refuses although every shape fits. */
export interface Rule {
  name: string;
  /** The message of the ValidationException, or undefined when the request may pass. */
  check(request: ConverseRequest, model: Model): string | undefined;
}

/** Throws the first rule's message that applies. */
export function checkRules(rules: readonly Rule[], request: ConverseRequest, model: Model): void {
  for (const rule of rules) {
    const message = rule.check(request, model);
    if (message !== undefined) throw validationError(message);
  }
}

/** How Converse reports what the model behind it refused. */
export function modelError(message: string): string {
  return `The model returned the following errors: ${message}`;
}

/** How Converse refuses a member that a model does not know. */
export function unsupportedField(path: string): string {
  const name = path.split(".").at(-1);
  return `This model doesn't support the ${path} field. Remove ${name} and try again.`;
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
