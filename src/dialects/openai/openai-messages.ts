import type {
  AudioBlock,
  ContentBlock,
  Conversation,
  ImageBlock,
  JsonObject,
  Message,
  ToolResult,
  ToolUse,
} from "../../conversation/types.ts";
import { documentText, unsupportedFile } from "../parts/document-text.ts";
import { allWordsOf, said } from "../parts/words.ts";

/**
 * A conversation as the messages of OpenAI's Chat Completions. A turn with tool results becomes a tool message for each,
 * then the user's own words. Source: OpenAI's API reference, Create chat completion.
 */
export function toOpenAIMessages({ system, messages }: Conversation): JsonObject[] {
  const instructions = said(system ?? []);
  return [
    ...(instructions === "" ? [] : [{ role: "system", content: instructions }]),
    ...messages.flatMap((message) => TURNS[message.role](message.content)),
  ];
}

const TURNS: Readonly<Record<Message["role"], (content: readonly ContentBlock[]) => JsonObject[]>> = {
  system: (content) => [{ role: "system", content: said(content) }],
  user: userMessages,
  assistant: (content) => [assistantMessage(content)],
};

function userMessages(content: readonly ContentBlock[]): JsonObject[] {
  const results = content.flatMap(({ toolResult }) => (toolResult ? [toolMessage(toolResult)] : []));
  const parts = content.flatMap(toParts);
  if (parts.length === 0) return results;
  // The templates of many open models know no lists: they are kept for what is not text.
  const texts = parts.map((part) => part["text"]);
  const plain = texts.every((text) => text !== undefined);
  return [...results, { role: "user", content: plain ? texts.join("\n\n") : parts }];
}

function assistantMessage(content: readonly ContentBlock[]): JsonObject {
  const text = said(content);
  const calls = content.flatMap(({ toolUse }) => (toolUse ? [toCall(toolUse)] : []));
  return {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

const toCall = ({ toolUseId, name, input }: ToolUse): JsonObject => ({
  id: toolUseId,
  type: "function",
  function: { name, arguments: JSON.stringify(input) },
});

const toolMessage = ({ toolUseId, content }: ToolResult): JsonObject => ({
  role: "tool",
  tool_call_id: toolUseId,
  content: content
    .flatMap(({ text, json }) => text ?? (json === undefined ? [] : JSON.stringify(json)))
    .join("\n"),
});

function toParts(block: ContentBlock): JsonObject[] {
  const { image, audio, document } = block;
  const text = allWordsOf(block);
  const picture = image ?? block.guardContent?.image;
  if (text !== undefined) return [{ type: "text", text }];
  if (picture) return [imagePart(picture)];
  if (audio) return [audioPart(audio)];
  if (!document) return [];
  const read = documentText(document);
  if (read === undefined) throw unsupportedFile("this model reads documents only as text");
  return [{ type: "text", text: `${document.name}:\n\n${read}` }];
}

const imagePart = ({ format, source }: ImageBlock): JsonObject => ({
  type: "image_url",
  image_url: { url: `data:image/${format};base64,${source.bytes ?? ""}` },
});

const audioPart = ({ format, source }: AudioBlock): JsonObject => ({
  type: "input_audio",
  input_audio: { data: source.bytes ?? "", format },
});
