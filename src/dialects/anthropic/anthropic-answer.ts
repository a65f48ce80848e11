import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { ContentBlock, JsonObject, StopReason, Usage } from "../../conversation/types.ts";
import { toCitation } from "./anthropic-citations.ts";
import { toUsage } from "../parts/cached-usage.ts";
import type { DialectAnswer } from "../dialect.ts";
import { countIn, objectIn, objectsIn, rowOf, stopReasonOf, textIn } from "../parts/read-native.ts";

export function toAnthropicAnswer(body: JsonObject): DialectAnswer | undefined {
  if (!Array.isArray(body["content"])) return undefined;
  const blocks = objectsIn(body, "content");
  const usage = objectIn(body, "usage");
  return {
    content: blocks.flatMap((block) => rowOf(BLOCKS, textIn(block, "type"))?.(block) ?? []),
    stopReason: toAnthropicStop(textIn(body, "stop_reason")) ?? "end_turn",
    ...(usage && { usage: toAnthropicUsage(usage) }),
  };
}

export const toAnthropicStop = (reason: string | undefined): StopReason | undefined =>
  stopReasonOf(reason, { refusal: "content_filtered" });

/** Anthropic counts cached tokens beside the others, as Converse does. */
export const toAnthropicUsage = (usage: JsonObject): Usage =>
  toUsage({
    input: countIn(usage, "input_tokens"),
    output: countIn(usage, "output_tokens"),
    cacheRead: countIn(usage, "cache_read_input_tokens"),
    cacheWrite: countIn(usage, "cache_creation_input_tokens"),
  });

/** The blocks that Converse has too; of tools that are not the caller's nothing is told. */
const BLOCKS: Readonly<Record<string, (block: JsonObject) => ContentBlock[]>> = {
  text: toText,
  tool_use: ({ id, name, input }) => [
    { toolUse: { toolUseId: String(id), name: String(name), input: isObject(input) ? input : {} } },
  ],
  thinking: toThought,
  redacted_thinking: (block) => [{ reasoningContent: { redactedContent: textIn(block, "data") ?? "" } }],
};

function toText(block: JsonObject): ContentBlock[] {
  const text = textIn(block, "text") ?? "";
  const citations = objectsIn(block, "citations").map(toCitation);
  if (citations.length > 0) return [{ citationsContent: { content: [{ text }], citations } }];
  return text === "" ? [] : [{ text }];
}

/** Thoughts that are not to be shown have no text, but are signed. */
function toThought(block: JsonObject): ContentBlock[] {
  const text = textIn(block, "thinking") ?? "";
  const signature = textIn(block, "signature");
  if (text === "" && !signature) return [];
  return [{ reasoningContent: { reasoningText: { text, ...(signature && { signature }) } } }];
}
