/** Claude's own count of its thoughts, which fitting asks for: of `additionalModelResponseFields`. */
export function thinkingTokens(fields: unknown): number | undefined {
  const { usage } = (fields ?? {}) as { usage?: { output_tokens_details?: { thinking_tokens?: unknown } } };
  const count = usage?.output_tokens_details?.thinking_tokens;
  return typeof count === "number" ? count : undefined;
}
