import type { Effort } from "./reasoning/efforts.ts";

/** What a model family can do and refuses on Converse. A difference between models is a row here. */
export interface Traits {
  /** Which of `temperature` and `topP` are accepted: both at once, either of them, only the one named, or none. */
  sampling: "both" | "one" | "temperature" | "topP" | "none";
  /** The highest temperature it takes: 1 on Converse, where OpenAI's go to 2. */
  maxTemperature: number;
  /** Where the family's own body takes `top_k`. */
  topK: "top_k" | "inferenceConfig.topK" | "k" | "none";
  /** Of OpenAI's further sampling parameters, those that the family's own body takes under the same name. */
  nativeSampling: readonly NativeSampling[];
  stopSequences: boolean;
  /** The most tokens of one answer; infinite where it is not known. */
  maxOutputTokens: number;
  /** Its body must name a limit; without one from the caller, that is the most it writes. */
  limitRequired: boolean;
  /** Has a system prompt. */
  system: boolean;
  /** Takes messages of role `system` in the middle of a conversation. */
  systemTurns: boolean;
  /** Can be offered tools. */
  tools: boolean;
  /** The tool use ids it takes in a history: Bedrock's, or Mistral's nine letters and digits. */
  toolIds: "bedrock" | "mistral";
  /** Names that AWS keeps for tools of its own. */
  reservedToolNames: readonly string[];
  /** What the root of a tool's schema may hold: every keyword, or only `type`, `properties` and `required`. */
  toolSchema: "any" | "plain";
  /** Members of Converse's `toolChoice` union that are accepted. */
  toolChoice: readonly ("auto" | "any" | "tool")[];
  /** Streams its answers. */
  streaming: boolean;
  /** Streams also while tools are offered. */
  streamingTools: boolean;
  /** Takes Claude's `tool_choice.disable_parallel_tool_use` through additionalModelRequestFields. */
  parallelToolControl: boolean;
  /** Takes `toolSpec.strict`. */
  strictTools: boolean;
  images: boolean;
  documents: boolean;
  video: boolean;
  audio: boolean;
  /** Reads media from `s3://` by itself. */
  s3Media: boolean;
  /** What it takes inside a tool result beside text and JSON. */
  toolResultMedia: readonly ("image" | "document" | "video")[];
  /** Takes search results as blocks of their own, which it can cite. */
  searchResults: boolean;
  /** Takes `toolResult.status`. */
  toolResultStatus: boolean;
  /** May end on an assistant turn, which it then continues. */
  prefill: boolean;
  /**
   * `native`: `outputConfig.textFormat`. `model`: `output_config.format` in Claude's own body, for hosts whose Converse
   * lacks the other. `tool`: by a hidden tool. `instruction`: by asking for it.
   */
  structuredOutput: "native" | "model" | "tool" | "instruction";
  reasoning: Reasoning;
  /** Thinks also while tools are offered; otherwise it has to be kept from thinking then. */
  thinksBesideTools: boolean;
  /** Of earlier reasoning it wants back: what it signed, what it encrypted, or nothing. */
  reasoningReplay: "signed" | "encrypted" | "none";
  /** Where it takes cache points. */
  cachePoints: readonly ("tools" | "system" | "messages")[];
  /** Takes a `ttl` of one hour on a cache point. */
  cacheTtl: boolean;
  /** The service tiers it is served on, beside `default`. */
  serviceTiers: readonly string[];
  /** Takes `performanceConfig.latency: optimized`. */
  optimizedLatency: boolean;
  /** Takes `requestMetadata`. */
  requestMetadata: boolean;
  /** Has AWS's `nova_grounding` tool. */
  webSearch: boolean;
  /** Takes `anthropic_beta`. */
  anthropicBeta: boolean;
  /** Of the parameters that neither OpenAI nor Bedrock knows, those that the family's own body has. */
  nativeFields: "any" | readonly string[];
  /** Brings its own instructions, parameters and tools: AWS takes none from a request. */
  ownSettings: boolean;
  /** What marks turns in the prompt that its body is written as; in anyone's words it would forge one. */
  controlTokens: readonly string[];
  /** Paths within `additionalModelRequestFields` that it refuses. */
  refusedFields: readonly (readonly string[])[];
}

export type NativeSampling = "seed" | "frequency_penalty" | "presence_penalty";

/** How a family is told how much to think. */
export interface Reasoning {
  /**
   * `budget`: Claude's `thinking` with a budget of tokens. `adaptive`: Claude's adaptive `thinking` with an effort.
   * `nova`: `reasoningConfig`. `nested`: `reasoning.effort`. `flat`: `reasoning_effort`. `none`: there is no such knob.
   */
  kind: "budget" | "adaptive" | "nova" | "nested" | "flat" | "none";
  /** The efforts it knows, weakest first. */
  efforts: readonly Effort[];
  /**
   * How it is kept from thinking. `omit`: by saying nothing. `effort`: by the effort `none`. `never`: it always thinks.
   * The others are values of Claude's `thinking.type`.
   */
  off: "omit" | "effort" | "disabled" | "between_tools" | "never";
  /** An adaptive Claude that still takes a budget. */
  budgets?: boolean;
}
