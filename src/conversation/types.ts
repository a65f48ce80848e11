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
  outputConfig?: OutputConfig;
  guardrailConfig?: JsonObject;
  additionalModelRequestFields?: JsonObject;
  additionalModelResponseFieldPaths?: string[];
  requestMetadata?: Record<string, string>;
  /** For a managed prompt. */
  promptVariables?: JsonObject;
  performanceConfig?: JsonObject;
  serviceTier?: { type: string };
}

export interface Message {
  /** `system` in the middle of a conversation is for the models whose traits have `systemTurns`. */
  role: "user" | "assistant" | "system";
  content: ContentBlock[];
}

/** A union on AWS's wire: exactly one member is present. */
export interface ContentBlock {
  text?: string;
  image?: ImageBlock;
  document?: DocumentBlock;
  video?: VideoBlock;
  audio?: AudioBlock;
  toolUse?: ToolUse;
  toolResult?: ToolResult;
  reasoningContent?: ReasoningContent;
  cachePoint?: CachePoint;
  guardContent?: GuardContent;
  citationsContent?: CitationsContent;
  searchResult?: JsonObject;
}

export type ImageFormat = "png" | "jpeg" | "gif" | "webp";

export interface ImageBlock {
  format: ImageFormat;
  source: MediaSource;
}

/** A union on AWS's wire: bytes or a place in S3. */
export interface MediaSource {
  /** Base64, exactly as the caller sent it; of a large file the beginning, and a token for the rest. */
  bytes?: string;
  s3Location?: { uri: string; bucketOwner?: string };
}

export type DocumentFormat = "pdf" | "csv" | "doc" | "docx" | "xls" | "xlsx" | "html" | "txt" | "md";

export interface DocumentBlock {
  format?: DocumentFormat;
  /** Letters, digits, single spaces, hyphens, parentheses and brackets; unique in a request. */
  name: string;
  source: MediaSource & { text?: string; content?: { text: string }[] };
  context?: string;
  citations?: { enabled: boolean };
}

export type VideoFormat = "mkv" | "mov" | "mp4" | "webm" | "flv" | "mpeg" | "mpg" | "wmv" | "three_gp";

export interface VideoBlock {
  format: VideoFormat;
  source: MediaSource;
}

export type AudioFormat =
  | "mp3"
  | "opus"
  | "wav"
  | "aac"
  | "flac"
  | "mp4"
  | "ogg"
  | "mkv"
  | "mka"
  | "x-aac"
  | "m4a"
  | "mpeg"
  | "mpga"
  | "pcm"
  | "webm";

export interface AudioBlock {
  format: AudioFormat;
  source: MediaSource;
}

export interface CachePoint {
  type: "default";
  ttl?: "5m" | "1h";
}

/** What a guardrail looks at, where it is not to look at everything. */
export interface GuardContent {
  text?: { text: string; qualifiers?: ("grounding_source" | "query" | "guard_content")[] };
  image?: ImageBlock;
}

export interface ToolUse {
  toolUseId: string;
  name: string;
  input: JsonObject;
  /** Set on a call that AWS runs itself. */
  type?: "server_tool_use";
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
  document?: DocumentBlock;
  video?: VideoBlock;
  searchResult?: JsonObject;
}

export interface ReasoningContent {
  reasoningText?: { text: string; signature?: string };
  /** Base64. */
  redactedContent?: string;
}

export interface CitationsContent {
  content?: { text?: string }[];
  citations?: Citation[];
}

export interface Citation {
  title?: string;
  source?: string;
  sourceContent?: { text?: string }[];
  /** A union; `web` is the one that has an address. */
  location?: { web?: { url?: string; domain?: string }; [kind: string]: unknown };
}

export interface SystemBlock {
  text?: string;
  cachePoint?: CachePoint;
  guardContent?: GuardContent;
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

/** A union on AWS's wire. */
export interface Tool {
  toolSpec?: ToolSpec;
  /** A tool that AWS runs itself: `nova_grounding`. */
  systemTool?: { name: string };
  cachePoint?: CachePoint;
}

export interface ToolSpec {
  name: string;
  description?: string;
  inputSchema: { json: JsonObject };
  strict?: boolean;
}

export interface OutputConfig {
  textFormat?: TextFormat;
  /** OpenAI's efforts; each family is told in its own words. */
  effort?: string;
}

export interface TextFormat {
  type: "json_schema";
  /** The schema is JSON text. */
  structure: { jsonSchema: { schema: string; name?: string; description?: string } };
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
  /** Of what was written to the prompt cache, how much for how long. */
  cacheDetails?: readonly { ttl: string; inputTokens: number }[];
  /** Not AWS's: of the output, what was thought, where a native body counts it. */
  reasoningTokens?: number;
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
    start?: { toolUse?: { toolUseId: string; name: string; type?: "server_tool_use" } };
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
  citation?: Citation;
}
