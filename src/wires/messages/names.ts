/** What this wire calls the parameters that others call otherwise. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^max_completion_tokens$/, "max_tokens"],
  [/^stop$/, "stop_sequences"],
  [/^reasoning_effort$/, "output_config.effort"],
  [/^response_format$/, "output_config.format"],
  [/^parallel_tool_calls$/, "tool_choice.disable_parallel_tool_use"],
  [/^user$/, "metadata.user_id"],
  [/^(tools\.\d+)\.function\.parameters$/, "$1.input_schema"],
];

/** A parameter's place as Anthropic writes it: `messages[0].content` → `messages.0.content`. */
export function inAnthropicPlace(param: string): string {
  const dotted = param.replaceAll(/\[(\d{1,9})\]/g, ".$1");
  const known = NAMES.find(([name]) => name.test(dotted));
  return known ? dotted.replace(...known) : dotted;
}
