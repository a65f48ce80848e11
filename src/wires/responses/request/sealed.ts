import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject, ReasoningContent } from "../../../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import type { ItemOf } from "../../../openai/responses/items.ts";
import type { AssistantMessage } from "../../../openai/chat-messages.ts";
import type { Read, Reading } from "./reading.ts";

type Thoughts = Exclude<AssistantMessage["content"], string | null | undefined>;

/**
 * What was thought, as the model told it where we sealed it. What others sealed is left out: no model on Bedrock can read it.
 * @throws BedrockOpenAIError 400 for what claims to be ours and is not.
 */
export function readReasoning(item: ItemOf<"reasoning">, at: string, reading: Reading): Read[] {
  const { encrypted_content: sealed } = item;
  if (!sealed) return thoughtBefore(unsigned(item), at);
  const opened = reading.open("reasoning", sealed);
  if (opened === "forged") throw unverified(`${at}.encrypted_content`);
  if (opened === "foreign") {
    const reason = "Reasoning that was encrypted elsewhere cannot be read.";
    reading.decoding.noteOnce(`${at}.encrypted_content`, "dropped", reason);
    return [];
  }
  return thoughtBefore(blocksIn(opened.value).flatMap(toPart), at);
}

const thoughtBefore = (content: Thoughts, at: string): Read[] =>
  content.length > 0 ? [{ told: { message: { role: "assistant", content }, at } }] : [];

/** Models that sign what they think do not take it without; the others do. */
function unsigned({ content, summary }: ItemOf<"reasoning">): Thoughts {
  const said = content?.length ? content : (summary ?? []);
  const thinking = said.flatMap(({ text }) => text || []).join("\n\n");
  return thinking === "" ? [] : [{ type: "thinking", thinking }];
}

const blocksIn = (value: unknown): ReasoningContent[] =>
  isObject(value) && Array.isArray(value["blocks"]) ? (value["blocks"] as ReasoningContent[]) : [];

function toPart({ reasoningText, redactedContent }: ReasoningContent): Thoughts {
  if (redactedContent !== undefined) return [{ type: "redacted_thinking", data: redactedContent }];
  if (!reasoningText) return [];
  const { text, signature } = reasoningText;
  return [{ type: "thinking", thinking: text, ...(signature !== undefined && { signature }) }];
}

/**
 * What became of a history that was too long, told as an instruction.
 * @throws BedrockOpenAIError 400 for what cannot be read: without it the history would be lost.
 */
export function readCompaction(item: ItemOf<"compaction">, at: string, { open }: Reading): Read[] {
  const opened = open("compaction", item.encrypted_content);
  const text = typeof opened === "object" ? summaryIn(opened.value) : undefined;
  if (text === undefined) throw unverified(`${at}.encrypted_content`);
  return [{ told: { message: { role: "developer", content: text }, at } }];
}

const summaryIn = (value: unknown): string | undefined => {
  const text = isObject(value) ? (value as JsonObject)["summary"] : undefined;
  return typeof text === "string" ? text : undefined;
};

const unverified = (param: string): BedrockOpenAIError =>
  invalidRequest(
    "The encrypted content could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
    { code: "invalid_encrypted_content", param },
  );
