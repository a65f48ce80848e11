/** What models behind OpenAI's protocol call an end → OpenAI's own words. */
const REASONS: Readonly<Record<string, string>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool_calls",
  function_call: "function_call",
  content_filter: "content_filter",
  max_tokens: "length",
  model_length: "length",
};

/**
 * How an answer ended, in a word that clients know.
 * @param called It calls tools: a forced call ends with `stop`, and agents would not look for it.
 */
export function toFinishReason(reason: unknown, called: boolean): string {
  const known = typeof reason === "string" && Object.hasOwn(REASONS, reason) ? REASONS[reason]! : "stop";
  return called && known === "stop" ? "tool_calls" : known;
}
