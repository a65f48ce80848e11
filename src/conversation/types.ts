/**
 * The conversation: Bedrock's Converse request, response and stream events as they stand on AWS's wire
 * (JSON, bytes as base64 strings). Source: the `bedrock-runtime` service model, operations Converse and
 * ConverseStream. Members we neither read nor write are left open.
 */

/** An object of plain JSON. */
export type JsonObject = { [key: string]: unknown };

export interface Conversation {
  messages: Message[];
  system?: SystemBlock[];
  inferenceConfig?: InferenceConfig;
  toolConfig?: ToolConfig;
  outputConfig?: JsonObject;
  guardrailConfig?: JsonObject;
  additionalModelRequestFields?: JsonObject;
  additionalModelResponseFieldPaths?: string[];
  requestMetadata?: Record<string, string>;
  performanceConfig?: JsonObject;
  serviceTier?: JsonObject;
}

export interface Message {
  role: "user" | "assistant";
  content: ContentBlock[];
}

/** A union on AWS's wire: exactly one member is present. */
export interface ContentBlock {
  text?: string;
  image?: ImageBlock;
  document?: JsonObject;
  video?: JsonObject;
  audio?: JsonObject;
  toolUse?: ToolUse;
  toolResult?: ToolResult;
  reasoningContent?: ReasoningContent;
  cachePoint?: JsonObject;
  guardContent?: JsonObject;
  citationsContent?: CitationsContent;
  searchResult?: JsonObject;
}

export type ImageFormat = "png" | "jpeg" | "gif" | "webp";

export interface ImageBlock {
  format: ImageFormat;
  /** Base64, exactly as the caller sent it. */
  source: { bytes: string };
}

export interface ToolUse {
  toolUseId: string;
  name: string;
  input: JsonObject;
}

export interface ToolResult {
  toolUseId: string;
  content: ToolResultBlock[];
  status?: "success" | "error";
}

export interface ToolResultBlock {
  text?: string;
  json?: unknown;
  image?: ImageBlock;
}

export interface ReasoningContent {
  reasoningText?: { text: string; signature?: string };
  /** Base64. */
  redactedContent?: string;
}

export interface CitationsContent {
  content?: { text?: string }[];
}

export interface SystemBlock {
  text?: string;
  cachePoint?: JsonObject;
  guardContent?: JsonObject;
}

export interface InferenceConfig {
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  stopSequences?: string[];
}

export interface ToolConfig {
  tools: Tool[];
  toolChoice?: ToolChoice;
}

export interface Tool {
  toolSpec: ToolSpec;
}

export interface ToolSpec {
  name: string;
  description?: string;
  inputSchema: { json: JsonObject };
  strict?: boolean;
}

/** A union on AWS's wire; there is no "none". */
export interface ToolChoice {
  auto?: Record<string, never>;
  any?: Record<string, never>;
  tool?: { name: string };
}

export type StopReason =
  | "end_turn"
  | "tool_use"
  | "max_tokens"
  | "stop_sequence"
  | "guardrail_intervened"
  | "content_filtered"
  | "malformed_model_output"
  | "malformed_tool_use"
  | "model_context_window_exceeded"
  | (string & {});

/** `inputTokens` excludes what was read from or written to the prompt cache. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokens?: number;
  cacheWriteInputTokens?: number;
}

export interface ConverseResponse {
  output: { message: { role?: string; content: ContentBlock[] } };
  stopReason: StopReason;
  usage: Usage;
  metrics?: { latencyMs: number };
  additionalModelResponseFields?: unknown;
  trace?: JsonObject;
  performanceConfig?: JsonObject;
  serviceTier?: { type: string };
}

/** One event of ConverseStream: a union, exactly one member is present. */
export interface ConverseStreamEvent {
  messageStart?: { role: string };
  contentBlockStart?: {
    contentBlockIndex: number;
    start?: { toolUse?: { toolUseId: string; name: string } };
  };
  contentBlockDelta?: { contentBlockIndex: number; delta: ContentBlockDelta };
  contentBlockStop?: { contentBlockIndex: number };
  messageStop?: { stopReason: StopReason; additionalModelResponseFields?: unknown };
  metadata?: {
    usage?: Usage;
    metrics?: { latencyMs: number };
    trace?: JsonObject;
    serviceTier?: { type: string };
  };
}

export interface ContentBlockDelta {
  text?: string;
  toolUse?: { input?: string };
  reasoningContent?: { text?: string; redactedContent?: string; signature?: string };
}
