import type { Traits } from "../conversation/traits.ts";

/**
 * What a chat model can be asked for, in the words that people look for (LiteLLM's `supports_…` helpers). The same object
 * in `describeModel` and in `GET /models`.
 */
export interface Supports {
  /** Calls functions. */
  tools: boolean;
  /** Can be made to call a tool, not merely allowed to. */
  tool_choice: boolean;
  /** Heeds `parallel_tool_calls: false`. */
  parallel_tool_calls: boolean;
  /** Holds to a JSON schema, by whatever means; not merely asked to. */
  structured_output: boolean;
  /** Reads images. */
  vision: boolean;
  audio_input: boolean;
  video_input: boolean;
  /** Reads PDF and other documents. */
  documents: boolean;
  prompt_caching: boolean;
  /** Can be told how much to think, or always thinks. */
  reasoning: boolean;
  /** Has a system prompt. */
  system_messages: boolean;
  /** Goes on with an assistant message that ends the conversation. */
  prefill: boolean;
  /** Searches the web by AWS's own tool. */
  web_search: boolean;
  /** Streams its answers; those of other models come in one piece, as a stream of one. */
  streaming: boolean;
}

/** Traits in callers' words. */
export const supportsOf = (traits: Traits): Supports => ({
  tools: traits.tools,
  tool_choice: traits.tools && traits.toolChoice.some((choice) => choice !== "auto"),
  parallel_tool_calls: traits.tools && traits.parallelToolControl,
  structured_output: traits.structuredOutput !== "instruction",
  vision: traits.images,
  audio_input: traits.audio,
  video_input: traits.video,
  documents: traits.documents,
  prompt_caching: traits.cachePoints.length > 0,
  reasoning: traits.reasoning.kind !== "none" || traits.reasoning.off === "never",
  system_messages: traits.system,
  prefill: traits.prefill,
  web_search: traits.webSearch,
  streaming: traits.streaming,
});
