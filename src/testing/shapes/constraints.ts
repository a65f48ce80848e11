import { AwsError } from "../aws-error.ts";
import type { Shape } from "./shape.ts";
import { constraintSentence } from "./wording.ts";

type Kind<K extends Shape["kind"]> = Extract<Shape, { kind: K }>;
type Limits = { min?: number; max?: number };

const patterns = new Map<string, RegExp>();

/** The first constraint that a string or blob breaks, in AWS's words. */
export function checkText(shape: Kind<"string" | "blob">, text: string, at: string): string | undefined {
  if (shape.kind === "blob") return checkBlob(shape, text, at);
  const shown = shape.sensitive ? undefined : text;
  if (shape.enum && !shape.enum.includes(text)) {
    return constraintSentence(at, text, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  const length = checkLength(shape, text.length, shown, at);
  if (length || !shape.pattern || anchored(shape.pattern).test(text)) return length;
  return constraintSentence(at, shown, `Member must satisfy regular expression pattern: ${shape.pattern}`);
}

export function checkRange({ min, max }: Limits, value: number, at: string): string | undefined {
  if (min !== undefined && value < min) {
    return constraintSentence(at, undefined, `Member must have value greater than or equal to ${min}`);
  }
  if (max !== undefined && value > max) {
    return constraintSentence(at, undefined, `Member must have value less than or equal to ${max}`);
  }
  return undefined;
}

export function checkLength(
  { min, max }: Limits,
  length: number,
  shown: string | undefined,
  at: string,
): string | undefined {
  if (min !== undefined && length < min) {
    return constraintSentence(at, shown, `Member must have length greater than or equal to ${min}`);
  }
  if (max !== undefined && length > max) {
    return constraintSentence(at, shown, `Member must have length less than or equal to ${max}`);
  }
  return undefined;
}

function checkBlob(shape: Kind<"blob">, text: string, at: string): string | undefined {
  if (!isBase64(text)) throw new AwsError("SerializationException", `Invalid base64 at ${at}`);
  return checkLength(shape, text.length, undefined, at);
}

/** No backtracking: the text may be megabytes long. */
function isBase64(text: string): boolean {
  const padding = text.indexOf("=");
  const padded = padding < 0 || (padding >= text.length - 2 && /^={1,2}$/.test(text.slice(padding)));
  return text.length % 4 === 0 && padded && !/[^A-Za-z0-9+/=]/.test(text);
}

/** The whole value must match, as in Smithy on AWS's servers. */
function anchored(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  patterns.set(pattern, known);
  return known;
}
