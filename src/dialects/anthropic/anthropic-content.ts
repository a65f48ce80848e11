import { isObject } from "../../conversation/json-schema/is-object.ts";
import type {
  CachePoint,
  ContentBlock,
  DocumentBlock,
  ImageBlock,
  JsonObject,
  ReasoningContent,
  Tool,
  ToolResult,
} from "../../conversation/types.ts";
import { withCacheMarks } from "../parts/cache-marks.ts";
import { documentText, unsupportedFile } from "../parts/document-text.ts";
import { wordsOf } from "../parts/words.ts";

/** Blocks in Anthropic's words. Source: Anthropic's Messages API reference; aws-bedrock §D.5. */
export const toAnthropicBlocks = (content: readonly ContentBlock[]): JsonObject[] =>
  withCacheMarks(content, toBlock, toCacheControl);

export const toAnthropicTools = (tools: readonly Tool[]): JsonObject[] =>
  withCacheMarks(tools, toTool, toCacheControl);

const toCacheControl = ({ ttl }: CachePoint): JsonObject => ({
  cache_control: { type: "ephemeral", ...(ttl && { ttl }) },
});

function toTool({ toolSpec }: Tool): JsonObject | undefined {
  if (!toolSpec) return undefined;
  const { inputSchema, ...spec } = toolSpec;
  return { ...spec, input_schema: inputSchema.json };
}

function toBlock(block: ContentBlock): JsonObject | undefined {
  const { image = block.guardContent?.image, document, toolUse, toolResult, reasoningContent } = block;
  const text = wordsOf(block);
  if (text !== undefined) return { type: "text", text };
  if (toolUse) return { type: "tool_use", id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input };
  if (toolResult) return toToolResult(toolResult);
  if (reasoningContent) return toThinking(reasoningContent);
  if (image) return toImage(image);
  if (document) return toDocument(document);
  return block.searchResult && toSearchResult(block.searchResult);
}

const toImage = ({ format, source }: ImageBlock): JsonObject => ({
  type: "image",
  source: base64(`image/${format}`, source.bytes),
});

const base64 = (media_type: string, data = ""): JsonObject => ({ type: "base64", media_type, data });

function toDocument(document: DocumentBlock): JsonObject {
  const { name, context, citations } = document;
  return {
    type: "document",
    source: documentSource(document),
    title: name,
    ...(context !== undefined && { context }),
    ...(citations && { citations }),
  };
}

/** @throws BedrockOpenAIError 400 for a file that is neither PDF nor text. */
function documentSource(document: DocumentBlock): JsonObject {
  const { format, source } = document;
  const data = documentText(document);
  if (data !== undefined) return { type: "text", media_type: "text/plain", data };
  if (format === "pdf") return base64("application/pdf", source.bytes);
  throw unsupportedFile(`this model reads documents as PDF or text, not as '${format ?? "unknown"}'`);
}

const toToolResult = ({ toolUseId, content, status }: ToolResult): JsonObject => ({
  type: "tool_result",
  tool_use_id: toolUseId,
  content: content.flatMap(({ json, ...part }) =>
    json === undefined ? (toBlock(part) ?? []) : { type: "text", text: JSON.stringify(json) },
  ),
  ...(status === "error" && { is_error: true }),
});

function toThinking({ reasoningText, redactedContent }: ReasoningContent): JsonObject | undefined {
  if (redactedContent !== undefined) return { type: "redacted_thinking", data: redactedContent };
  if (!reasoningText) return undefined;
  const { text, signature } = reasoningText;
  return { type: "thinking", thinking: text, ...(signature !== undefined && { signature }) };
}

function toSearchResult({ content, ...result }: JsonObject): JsonObject {
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  return {
    type: "search_result",
    ...result,
    content: parts.map(({ text }) => ({ type: "text", text })),
  };
}
