import type { Shape } from "./shape.ts";
import { constraintSentence } from "./wording.ts";

/** Each check returns the constraint that is broken, in AWS's words. */

type StringShape = Extract<Shape, { kind: "string" }>;
type Limits = { min?: number; max?: number };

const patterns = new Map<string, RegExp>();

export function checkText(shape: StringShape, text: string, at: string): string | undefined {
  const shown = shape.sensitive ? undefined : text;
  if (shape.enum && !shape.enum.includes(text)) {
    return constraintSentence(at, shown, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  const length = checkLength(shape, text.length, shown, at);
  if (length || !shape.pattern || anchored(shape.pattern).test(text)) return length;
  return constraintSentence(at, shown, `Member must satisfy regular expression pattern: ${shape.pattern}`);
}

export function checkRange({ min, max }: Limits, value: number, at: string): string | undefined {
  const bound = outOf(min, max, value);
  return bound && constraintSentence(at, undefined, `Member must have value ${bound}`);
}

export function checkLength(
  { min, max }: Limits,
  length: number,
  shown: string | undefined,
  at: string,
): string | undefined {
  const bound = outOf(min, max, length);
  return bound && constraintSentence(at, shown, `Member must have length ${bound}`);
}

function outOf(min: number | undefined, max: number | undefined, value: number): string | undefined {
  if (min !== undefined && value < min) return `greater than or equal to ${min}`;
  if (max !== undefined && value > max) return `less than or equal to ${max}`;
  return undefined;
}

/** The whole value must match, as on AWS's servers. */
function anchored(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  patterns.set(pattern, known);
  return known;
}
