import { textToBase64 } from "../conversation/media/data-url.ts";
import type {
  CachePoint,
  ContentBlock,
  Conversation,
  DocumentBlock,
  JsonObject,
  ToolResult,
} from "../conversation/types.ts";
import { withCacheMarks } from "./parts/cache-marks.ts";
import type { Dialect } from "./dialect.ts";
import { documentText } from "./parts/document-text.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { createNovaReader, toNovaAnswer } from "./nova-answer.ts";
import { allWordsOf } from "./parts/words.ts";

/** Converse's words but for a few. Source: the Nova user guide, Complete request schema; aws-bedrock §D.5. */
export const nova: Dialect = {
  name: "nova",
  traits: { systemTurns: false, strictTools: false, structuredOutput: "tool", anthropicBeta: false },
  toBody,
  toAnswer: toNovaAnswer,
  createReader: createNovaReader,
};

function toBody(conversation: Conversation): JsonObject {
  const { system = [], messages, inferenceConfig, toolConfig } = conversation;
  const body = given({
    schemaVersion: "messages-v1",
    // An empty one is refused.
    system: system.length > 0 ? toBlocks(system) : undefined,
    messages: messages.map(({ role, content }) => ({ role, content: toBlocks(content) })),
    inferenceConfig,
    toolConfig,
  });
  return withNativeFields(body, conversation);
}

const toBlocks = (content: readonly ContentBlock[]): JsonObject[] =>
  withCacheMarks(content, toBlock, toCachePoint);

/** It lives five minutes, and cannot be told otherwise. */
const toCachePoint = ({ type }: CachePoint): JsonObject => ({ cachePoint: { type } });

function toBlock(block: ContentBlock): JsonObject | undefined {
  const { image = block.guardContent?.image, document, toolResult } = block;
  const text = allWordsOf(block);
  if (text !== undefined) return { text };
  if (image) return { image };
  if (document) return { document: toDocument(document) };
  if (toolResult) return { toolResult: toToolResult(toolResult) };
  return { ...block };
}

const toToolResult = (result: ToolResult): JsonObject => ({
  ...result,
  content: result.content.map((part) =>
    part.document ? { ...part, document: toDocument(part.document) } : part,
  ),
});

/** The body knows documents only as files, and neither cites them nor is told what they are about. */
function toDocument(document: DocumentBlock): JsonObject {
  const { name, format = "txt", source } = document;
  const text = documentText(document);
  return { name, format, source: text === undefined ? source : { bytes: textToBase64(text) } };
}
