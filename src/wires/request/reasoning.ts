import type { ContentBlock, JsonObject } from "../../conversation/types.ts";
import type { AssistantMessage } from "../../openai/chat-messages.ts";

/**
 * The reasoning that a client sends back beside an assistant message, in any of the ways in use: LiteLLM's `thinking_blocks`, OpenRouter's `reasoning_details`, or a text with or without its signature.
 * What cannot be read is left out: a history comes from many hands.
 */
export function decodeReasoning(message: AssistantMessage): ContentBlock[] {
  // Parts are taken where they stand.
  if (Array.isArray(message.content) && message.content.some(isThinking)) return [];
  for (const blocks of [listOf(message["thinking_blocks"]), listOf(message["reasoning_details"])]) {
    const found = blocks.flatMap(toReasoning);
    if (found.length > 0) return found;
  }
  const text = message["reasoning_content"] ?? message["reasoning"];
  return typeof text === "string" && text !== ""
    ? [reasoningBlock(text, message["reasoning_signature"])]
    : [];
}

export const isThinking = ({ type }: { type: string }): boolean =>
  type === "thinking" || type === "redacted_thinking";

const listOf = (value: unknown): JsonObject[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];

/** A block of Anthropic's or OpenRouter's making. */
export function toReasoning(block: JsonObject): ContentBlock[] {
  const { type } = block;
  const text = block["thinking"] ?? block["text"];
  const data = block["data"];
  if ((type === "redacted_thinking" || type === "reasoning.encrypted") && isBase64(data))
    return [{ reasoningContent: { redactedContent: data } }];
  return typeof text === "string" ? [reasoningBlock(text, block["signature"])] : [];
}

/** Other providers encrypt their reasoning into other alphabets; AWS would refuse it. */
const isBase64 = (data: unknown): data is string =>
  typeof data === "string" && data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data);

const reasoningBlock = (text: string, signature: unknown): ContentBlock => ({
  reasoningContent: {
    reasoningText: { text, ...(typeof signature === "string" && signature !== "" && { signature }) },
  },
});
