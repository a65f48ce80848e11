/** What a model family can do and refuses on Converse. A difference between models is a row here. */
export interface Traits {
  /** Which of `temperature` and `topP` are accepted: both at once, one of them, or none. */
  sampling: "both" | "one" | "none";
  stopSequences: boolean;
  /** Has a system prompt. */
  system: boolean;
  /** Can be offered tools. */
  tools: boolean;
  /** The tool use ids it takes in a history: Bedrock's, or Mistral's nine letters and digits. */
  toolIds: "bedrock" | "mistral";
  /** Reads images. */
  images: boolean;
  /** Members of Converse's `toolChoice` union that are accepted. */
  toolChoice: readonly ("auto" | "any" | "tool")[];
  /** Streams also while tools are offered. */
  streamingTools: boolean;
  /** Takes Claude's `tool_choice.disable_parallel_tool_use` through additionalModelRequestFields. */
  parallelToolControl: boolean;
  /** May end on an assistant turn, which it then continues. */
  prefill: boolean;
  /** `native`: `outputConfig.textFormat`. `tool`: by a hidden tool. `instruction`: by asking for it. */
  structuredOutput: "native" | "tool" | "instruction";
}
