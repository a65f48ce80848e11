import { isServerTool } from "../../conversation/server-tools.ts";
import { textOf } from "../../conversation/text-of.ts";
import type { ContentBlock, ConverseResponse, ToolUse } from "../../conversation/types.ts";
import type {
  Annotation,
  AssistantReply,
  ChatChoice,
  ChatCompletion,
  ReplyToolCall,
} from "../../openai/chat-response.ts";
import { toExtras, toServiceTier } from "../reply/extras.ts";
import type { ReplyHead } from "../reply/head.ts";
import { toChatUsage } from "../reply/usage.ts";
import { toAnnotations } from "./reply/annotations.ts";
import { callId } from "../reply/call-id.ts";
import { customInput } from "../request/custom-tools.ts";
import { toFinishReason } from "./reply/finish-reason.ts";
import { PLAIN_FORM, type ReplyForm } from "./reply/form.ts";
import { toThinkingBlocks } from "./reply/thinking-blocks.ts";

/** Converse responses, one for each choice, as a chat completion. */
export const encode = (
  responses: readonly ConverseResponse[],
  head: ReplyHead,
  form: ReplyForm = PLAIN_FORM,
): ChatCompletion => ({
  id: head.id,
  object: "chat.completion",
  created: head.created,
  model: head.model,
  choices: responses.map((response, index) => toChoice(response, index, form)),
  usage: toChatUsage(responses),
  ...toServiceTier(responses[0]?.serviceTier),
  ...toExtras(responses[0] ?? {}),
});

function toChoice({ output, stopReason }: ConverseResponse, index: number, form: ReplyForm): ChatChoice {
  const { calls, ...reply } = toReply(output.message.content, form);
  const [call] = calls;
  // In the words of old there is one call in an answer.
  const told = form.functions ? calls.slice(0, 1) : calls;
  const asFunction = form.functions && call?.type === "function";
  const message: AssistantReply = {
    ...reply,
    ...(asFunction ? { function_call: call.function } : told.length > 0 && { tool_calls: told }),
  };
  const finish_reason = toFinishReason(stopReason, calls.length > 0, form);
  return { index, message, logprobs: null, finish_reason };
}

function toReply(
  content: readonly ContentBlock[],
  form: ReplyForm,
): AssistantReply & { calls: ReplyToolCall[] } {
  let text = "";
  const annotations: Annotation[] = [];
  for (const block of content) {
    const start = text.length;
    text += textOf(block) ?? "";
    annotations.push(...toAnnotations(block.citationsContent?.citations ?? [], start, text.length));
  }
  const thoughts = form.reasoning ? content.flatMap((block) => block.reasoningContent ?? []) : [];
  const reasoning = thoughts.map((thought) => thought.reasoningText?.text ?? "").join("");
  const thinking = thoughts.flatMap(toThinkingBlocks);
  const used = content.flatMap(({ toolUse }) => (toolUse && !isServerTool(toolUse) ? [toolUse] : []));
  const calls = used.map((toolUse, index) => toToolCall(toolUse, index, form));
  return {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    refusal: null,
    ...(annotations.length > 0 && { annotations }),
    ...(reasoning !== "" && { reasoning_content: reasoning, reasoning }),
    ...(thinking.length > 0 && { thinking_blocks: thinking }),
    calls,
  };
}

function toToolCall(
  { toolUseId, name, input }: ToolUse,
  index: number,
  { customTools }: ReplyForm,
): ReplyToolCall {
  const id = callId(toolUseId, index);
  return customTools.has(name)
    ? { id, type: "custom", custom: { name, input: customInput(input ?? {}) } }
    : { id, type: "function", function: { name, arguments: JSON.stringify(input ?? {}) } };
}
