/** Converse's, OpenAI's and Anthropic's words → those of OpenTelemetry's conventions (the JSON schema of output messages). */
const REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_call",
  tool_calls: "tool_call",
  function_call: "tool_call",
  guardrail_intervened: "content_filter",
  content_filtered: "content_filter",
  refusal: "content_filter",
  malformed_model_output: "error",
  malformed_tool_use: "error",
};

/** A word that is not known stays as it is. */
export const toFinishReason = (reason: string): string =>
  Object.hasOwn(REASONS, reason) ? REASONS[reason]! : reason;
