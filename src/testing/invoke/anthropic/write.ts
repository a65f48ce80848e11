import { fragments, words } from "../family.ts";
import type { ContentBlock, JsonObject, Usage } from "../family.ts";
import { writeCitations } from "./citations.ts";
import { callId, contentOf, idOf, stopSequenceOf, textOfBlock } from "../written.ts";
import type { Written } from "../written.ts";

/** Converse's stop reasons that Anthropic calls otherwise. */
const STOP_REASONS: Readonly<Record<string, string>> = {
  guardrail_intervened: "end_turn",
  content_filtered: "refusal",
};

/** The answer as a Message. */
export function writeMessage(answer: Written): JsonObject {
  const { usage } = answer.response;
  return {
    ...opening(answer),
    content: contentOf(answer).map(writeBlock),
    ...ending(answer),
    usage: writeUsage(usage, usage.outputTokens),
  };
}

/** The answer as the events of Anthropic's own stream, with the `ping` that is in every one. */
export function* writeEvents(answer: Written): Generator<JsonObject> {
  const { usage } = answer.response;
  const start = { ...opening(answer), content: [], stop_reason: null, stop_sequence: null };
  yield { type: "message_start", message: { ...start, usage: writeUsage(usage, 1) } };
  for (const [index, block] of contentOf(answer).entries()) {
    yield { type: "content_block_start", index, content_block: emptyBlock(block) };
    if (index === 0) yield { type: "ping" };
    for (const delta of deltas(block)) yield { type: "content_block_delta", index, delta };
    yield { type: "content_block_stop", index };
  }
  yield { type: "message_delta", delta: ending(answer), usage: { output_tokens: usage.outputTokens } };
  yield { type: "message_stop" };
}

function opening(answer: Written): JsonObject {
  const model = answer.model.baseId.replace(/^anthropic\.|-v\d+(:\d+)?$/g, "");
  return { id: `msg_bdrk_${idOf(answer)}`, type: "message", role: "assistant", model: model || "claude" };
}

function ending(answer: Written): JsonObject {
  const { stopReason } = answer.response;
  return { stop_reason: STOP_REASONS[stopReason] ?? stopReason, stop_sequence: stopSequenceOf(answer) };
}

function writeUsage(
  { inputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0, cacheDetails }: Usage,
  output: number,
) {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: cacheWriteInputTokens,
    cache_read_input_tokens: cacheReadInputTokens,
    ...(cacheDetails && { cache_creation: writeLifetimes(cacheDetails) }),
    output_tokens: output,
  };
}

function writeLifetimes(details: NonNullable<Usage["cacheDetails"]>): JsonObject {
  const lasting = (lifetime: string): number =>
    details.reduce((sum, { ttl, inputTokens }) => (ttl === lifetime ? sum + inputTokens : sum), 0);
  return { ephemeral_5m_input_tokens: lasting("5m"), ephemeral_1h_input_tokens: lasting("1h") };
}

function writeBlock(block: ContentBlock): JsonObject {
  const { toolUse, reasoningContent } = block;
  if (toolUse) {
    return { type: "tool_use", id: callId(toolUse, "toolu_bdrk_"), name: toolUse.name, input: toolUse.input };
  }
  if (reasoningContent?.redactedContent !== undefined) {
    return { type: "redacted_thinking", data: reasoningContent.redactedContent };
  }
  if (reasoningContent) {
    const { text = "", signature = "" } = reasoningContent.reasoningText ?? {};
    return { type: "thinking", thinking: text, signature };
  }
  const citations = writeCitations(block);
  return { type: "text", text: textOfBlock(block), ...(citations.length > 0 && { citations }) };
}

/** A block as it opens; what is redacted comes whole. */
function emptyBlock(block: ContentBlock): JsonObject {
  const whole = writeBlock(block);
  const empty: JsonObject = { text: "", thinking: "", signature: "", input: {}, citations: [] };
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, empty[key] ?? value]));
}

function* deltas(block: ContentBlock): Generator<JsonObject> {
  const { toolUse, reasoningContent } = block;
  const { text: thought = "", signature } = reasoningContent?.reasoningText ?? {};
  if (toolUse) {
    for (const json of fragments(toolUse.input)) yield { type: "input_json_delta", partial_json: json };
  }
  for (const thinking of words(thought)) yield { type: "thinking_delta", thinking };
  if (signature) yield { type: "signature_delta", signature };
  for (const text of words(textOfBlock(block))) yield { type: "text_delta", text };
  for (const citation of writeCitations(block)) yield { type: "citations_delta", citation };
}
