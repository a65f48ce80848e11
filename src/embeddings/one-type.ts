import { invalidRequest } from "../errors.ts";

/**
 * The type of numbers that was asked for. One input has one vector here, so there is no room for several types.
 * @throws BedrockOpenAIError 400 for more than one.
 */
export function oneType(types: unknown, param: string): string | undefined {
  if (types === undefined) return undefined;
  const [first, ...more]: unknown[] = Array.isArray(types) ? types : [types];
  if (typeof first === "string" && more.length === 0) return first;
  throw invalidRequest(
    `Invalid '${param}': one type at a time, such as ["float"]; an answer has one vector for each input.`,
    { code: "invalid_value", param },
  );
}
