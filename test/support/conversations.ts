import type {
  CachePoint,
  ContentBlock,
  Conversation,
  DocumentFormat,
  ImageFormat,
  JsonObject,
  MediaSource,
  Message,
  SystemBlock,
  TextFormat,
  Tool,
  ToolResultBlock,
  ToolSpec,
} from "../../src/conversation/types.ts";

/** Pieces of conversations, in the middle's own words. A bare text stands for a block of text. */

type Part<Block> = string | Block;

const blocks = <Block extends { text?: string }>(parts: readonly Part<Block>[]): Block[] =>
  parts.map((part) => (typeof part === "string" ? ({ text: part } as Block) : part));

const turn =
  (role: Message["role"]) =>
  (...content: Part<ContentBlock>[]): Message => ({ role, content: blocks(content) });

export const user = turn("user");
export const assistant = turn("assistant");
export const instructs = turn("system");

export const says = (...messages: Message[]): Conversation => ({ messages });
/** The shortest conversation, with whatever else a request may hold. */
export const asks = (rest: Partial<Conversation> = {}): Conversation => ({ messages: [user("q")], ...rest });
export const system = (...parts: Part<SystemBlock>[]): Pick<Conversation, "system"> => ({
  system: blocks(parts),
});

export const use = (toolUseId: string, name = "f", input: JsonObject = {}): ContentBlock => ({
  toolUse: { toolUseId, name, input },
});
export const result = (toolUseId: string, ...content: Part<ToolResultBlock>[]): ContentBlock => ({
  toolResult: { toolUseId, content: blocks(content.length > 0 ? content : ["ok"]) },
});
/** A question, a call and its result. */
export const round = (toolUseId: string, name?: string): Message[] => [
  user("q"),
  assistant(use(toolUseId, name)),
  user(result(toolUseId)),
];

export const tool = (
  name: string,
  json: JsonObject = { type: "object" },
  more: Partial<ToolSpec> = {},
): Tool => ({ toolSpec: { name, inputSchema: { json }, ...more } });
export const offers = (...names: string[]): Pick<Conversation, "toolConfig"> => ({
  toolConfig: { tools: names.map((name) => tool(name)) },
});
export const WEB_SEARCH: Tool = { systemTool: { name: "nova_grounding" } };

export const point = (ttl?: CachePoint["ttl"]): { cachePoint: CachePoint } => ({
  cachePoint: { type: "default", ...(ttl && { ttl }) },
});

export const thought = (text: string, signature?: string): ContentBlock => ({
  reasoningContent: { reasoningText: { text, ...(signature !== undefined && { signature }) } },
});
export const redacted = (redactedContent: string): ContentBlock => ({
  reasoningContent: { redactedContent },
});

export const fields = (
  additionalModelRequestFields: JsonObject,
): Pick<Conversation, "additionalModelRequestFields"> => ({ additionalModelRequestFields });
export const effort = (wanted: string): Pick<Conversation, "outputConfig"> => ({
  outputConfig: { effort: wanted },
});

export const textFormat = (schema: JsonObject, name?: string, description?: string): TextFormat => ({
  type: "json_schema",
  structure: {
    jsonSchema: {
      schema: JSON.stringify(schema),
      ...(name && { name }),
      ...(description && { description }),
    },
  },
});

/** How each format begins, which is all that anybody here looks at. */
export const IMAGES: Readonly<Record<ImageFormat, string>> = {
  png: "iVBORw0KGgo=",
  jpeg: "/9j/",
  gif: "R0lGODlh",
  webp: "UklGRgAAAABXRUJQ",
};
export const S3: MediaSource = { s3Location: { uri: "s3://bucket/file" } };

export const image = (format: ImageFormat = "png", source: MediaSource = { bytes: IMAGES[format] }) => ({
  image: { format, source },
});
export const document = (
  name: string,
  format: DocumentFormat = "txt",
  source: MediaSource = { bytes: "aGk=" },
) => ({ document: { name, format, source } });
export const video = (source: MediaSource = { bytes: "AAAA" }) => ({
  video: { format: "mp4" as const, source },
});
export const audio = (source: MediaSource = { bytes: "AAAA" }) => ({
  audio: { format: "wav" as const, source },
});
