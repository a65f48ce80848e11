/** What the chat wire emits. Source: OpenAI's CreateChatCompletionResponse and CreateChatCompletionStreamResponse. */

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "function_call";

export interface ChatCompletion extends BedrockExtras {
  id: string;
  object: "chat.completion";
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChatChoice[];
  /** AWS's own chat endpoint may count nothing. */
  usage?: ChatUsage;
  service_tier?: ServiceTier;
}

/** A piece of an answer. The last one of a request that asked for `include_usage` has no choices. */
export interface ChatCompletionChunk extends BedrockExtras {
  /** The same in all chunks of an answer, as are `created` and `model`. */
  id: string;
  object: "chat.completion.chunk";
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChunkChoice[];
  /** `null` in every chunk but the last, where it was asked for. */
  usage?: ChatUsage | null;
  service_tier?: ServiceTier;
}

export interface ChunkChoice {
  index: number;
  delta: ChatDelta;
  logprobs: Logprobs | null;
  /** `null` until the choice has ended. */
  finish_reason: FinishReason | null;
}

/** The tiers that OpenAI's clients know. */
export type ServiceTier = "default" | "flex" | "priority";

/** What Bedrock says beside the answer, under AWS's own names, where the caller asked for it. */
export interface BedrockExtras {
  /** A guardrail's trace. */
  trace?: object;
  additionalModelResponseFields?: unknown;
}

export interface ChatChoice {
  index: number;
  message: AssistantReply;
  logprobs: Logprobs | null;
  finish_reason: FinishReason;
}

/** Only from AWS's own chat endpoint. */
export interface Logprobs {
  content: TokenLogprob[] | null;
  refusal: TokenLogprob[] | null;
}

interface TokenLogprob {
  token: string;
  bytes: number[] | null;
  logprob: number;
  top_logprobs: Omit<TokenLogprob, "top_logprobs">[];
}

export interface AssistantReply {
  role: "assistant";
  content: string | null;
  refusal: string | null;
  annotations?: Annotation[];
  tool_calls?: ReplyToolCall[];
  function_call?: { name: string; arguments: string };
  /** The same text under both names in use; see openai-contract §B5. */
  reasoning_content?: string;
  reasoning?: string;
  /** What has to come back unchanged with the next request, as LiteLLM's clients send it. */
  thinking_blocks?: ThinkingBlock[];
}

export type ThinkingBlock =
  | { type: "thinking"; thinking: string; signature: string }
  | { type: "redacted_thinking"; data: string };

export interface Annotation {
  type: "url_citation";
  /** Offsets into `content`, in UTF-16 units. */
  url_citation: { start_index: number; end_index: number; title: string; url: string };
}

export type ReplyToolCall =
  | { id: string; type: "function"; function: { name: string; arguments: string } }
  | { id: string; type: "custom"; custom: { name: string; input: string } };

export interface ChatUsage {
  /** Includes what was read from and written to the prompt cache. */
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: { cached_tokens: number; cache_write_tokens?: number };
  completion_tokens_details?: { reasoning_tokens: number };
}

/** One delta of a chunk. The first fragment of a tool call carries id, type and name; later ones do not. */
export interface ChatDelta {
  role?: "assistant";
  content?: string;
  refusal?: string | null;
  annotations?: Annotation[];
  reasoning_content?: string;
  reasoning?: string;
  thinking_blocks?: ThinkingBlock[];
  tool_calls?: ToolCallDelta[];
  function_call?: { name?: string; arguments: string };
}

export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: "function" | "custom";
  function?: { name?: string; arguments: string };
  custom?: { name?: string; input: string };
}
