import type { ChatBedrockOpenAICallOptions, ChatBedrockOpenAIFields } from "./fields.ts";
import { toToolChoice, toTools } from "./tools.ts";

/** What a model was made with that becomes part of every request. */
export type Settings = { readonly model: string } & {
  readonly [Name in Told]?: ChatBedrockOpenAIFields[Name] | undefined;
};

type Told = "temperature" | "topP" | "maxTokens" | "stop" | "reasoningEffort" | "modelKwargs";

type Options = Omit<ChatBedrockOpenAICallOptions, "callbacks" | "signal" | "timeout">;

/** A chat completions request without its messages, as LangChain also shows it to tracers. */
export type Parameters = { model: string } & Record<string, unknown>;

/** The parameters of a call: its own before the model's, and members by their own name before all. */
export function toParameters(settings: Settings, options: Options = {}): Parameters {
  const asked: Record<string, unknown> = {
    temperature: options.temperature ?? settings.temperature,
    top_p: options.topP ?? settings.topP,
    max_completion_tokens: options.maxTokens ?? settings.maxTokens,
    stop: options.stop ?? settings.stop,
    reasoning_effort: options.reasoningEffort ?? settings.reasoningEffort,
    tools: options.tools?.length ? toTools(options.tools, options.strict) : undefined,
    tool_choice: toToolChoice(options.tool_choice),
    parallel_tool_calls: options.parallel_tool_calls,
    response_format: options.response_format,
    ...settings.modelKwargs,
    ...options.modelKwargs,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { model: settings.model, ...Object.fromEntries(given) };
}
