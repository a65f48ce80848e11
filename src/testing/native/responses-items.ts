import type { ContentBlock, JsonObject } from "../../conversation/types.ts";
import { callId, contentOf, idOf, textOf } from "../invoke/written.ts";
import type { Written } from "../invoke/written.ts";
import { isObject } from "../rules/request.ts";
import { tokenLogprobs } from "./logprobs.ts";

/** The output of a response: what was thought, what was said, what is to be called. */
export function outputItems(answer: Written): JsonObject[] {
  const id = idOf(answer);
  const text = textOf(answer);
  const status = answer.response.stopReason === "max_tokens" ? "incomplete" : "completed";
  const thoughts = contentOf(answer).filter(({ reasoningContent }) => reasoningContent);
  const calls = contentOf(answer).flatMap(({ toolUse }) => toolUse ?? []);
  const part = { type: "output_text", text, annotations: [], logprobs: logprobsOf(answer, text) };
  return [
    ...thoughts.map((block, index) => reasoningItem(block, `rs_${id}${index}`, answer)),
    ...(text === "" && calls.length > 0
      ? []
      : [{ id: `msg_${id}`, type: "message", role: "assistant", status, content: [part] }]),
    ...calls.map((call, index) => ({
      id: `fc_${id}${index}`,
      type: "function_call",
      call_id: callId(call, "call_"),
      name: call.name,
      arguments: JSON.stringify(call.input),
      status: "completed",
    })),
  ];
}

/** Likelihoods of a text, for those who included them. */
export function logprobsOf({ body }: Written, text: string): unknown[] {
  return included(body, "message.output_text.logprobs")
    ? tokenLogprobs(text, Number(body["top_logprobs"] ?? 0))
    : [];
}

/** Families that keep their thoughts to themselves: a summary at most, and what only they can read. */
const SECRETIVE = /^openai\.gpt-(?!oss)|^xai\.grok/;
const SUMMARIZES = /^openai\.gpt-(?!oss)/;

function reasoningItem({ reasoningContent }: ContentBlock, id: string, answer: Written): JsonObject {
  const { body, model } = answer;
  const { reasoningText, redactedContent } = reasoningContent ?? {};
  const thought = reasoningText?.text ?? decrypt(redactedContent ?? "");
  const secretive = SECRETIVE.test(model.baseId);
  const summarized =
    SUMMARIZES.test(model.baseId) && isObject(body["reasoning"]) && body["reasoning"]["summary"] != null;
  const encrypted = redactedContent ?? Buffer.from(thought).toString("base64");
  return {
    id,
    type: "reasoning",
    summary: summarized ? [{ type: "summary_text", text: thought }] : [],
    ...(!secretive && { content: [{ type: "reasoning_text", text: thought }] }),
    ...(included(body, "reasoning.encrypted_content") && { encrypted_content: encrypted }),
  };
}

/** The emulator's own thoughts are only called encrypted. */
function decrypt(base64: string): string {
  return Buffer.from(base64, "base64")
    .toString()
    .replace(/^encrypted: /, "");
}

function included({ include }: JsonObject, what: string): boolean {
  return Array.isArray(include) && include.includes(what);
}
