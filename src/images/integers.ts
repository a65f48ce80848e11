import { invalidRequest } from "../errors.ts";

/**
 * A whole number within bounds.
 * @throws BedrockOpenAIError 400 in OpenAI's words.
 */
export function integerWithin(value: unknown, param: string, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw invalidRequest(`Invalid type for '${param}': expected an integer.`, {
      code: "invalid_type",
      param,
    });
  if (value >= min && value <= max) return value;
  const [side, sign, bound] = value < min ? ["below minimum", ">=", min] : ["above maximum", "<=", max];
  throw invalidRequest(
    `Invalid '${param}': integer ${side} value. Expected a value ${sign} ${bound}, but got ${value} instead.`,
    { code: value < min ? "integer_below_min_value" : "integer_above_max_value", param },
  );
}
