/** What the chat wire emits. Source: OpenAI's CreateChatCompletionResponse and CreateChatCompletionStreamResponse. */

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

export interface ChatCompletion {
  id: string;
  object: "chat.completion";
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChatChoice[];
  usage: ChatUsage;
}

export interface ChatChoice {
  index: number;
  message: AssistantReply;
  logprobs: null;
  finish_reason: FinishReason;
}

export interface AssistantReply {
  role: "assistant";
  content: string | null;
  refusal: null;
  tool_calls?: FunctionToolCall[];
  /** The same text under both names in use; see openai-contract §B5. */
  reasoning_content?: string;
  reasoning?: string;
}

export interface FunctionToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

export interface ChatUsage {
  /** Includes what was read from and written to the prompt cache. */
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number; cache_write_tokens: number };
}

/** One delta of a chunk. The first fragment of a tool call carries id, type and name; later ones do not. */
export interface ChatDelta {
  role?: "assistant";
  content?: string;
  refusal?: null;
  reasoning_content?: string;
  reasoning?: string;
  tool_calls?: ToolCallDelta[];
}

export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: "function";
  function: { name?: string; arguments: string };
}
