import { textOf } from "../../conversation/text-of.ts";
import type { ContentBlock, ConverseResponse, ToolUse } from "../../conversation/types.ts";
import type {
  AssistantReply,
  ChatChoice,
  ChatCompletion,
  FunctionToolCall,
} from "../../openai/chat-response.ts";
import { toFinishReason } from "./finish-reason.ts";
import { toChatUsage } from "./usage.ts";

/** What identifies an answer; the same in every chunk of a stream. */
export interface ReplyHead {
  id: string;
  /** Unix seconds. */
  created: number;
  /** The Bedrock id that answered. */
  model: string;
}

/** Converse responses, one for each choice, as a chat completion. */
export const encode = (responses: readonly ConverseResponse[], head: ReplyHead): ChatCompletion => ({
  id: head.id,
  object: "chat.completion",
  created: head.created,
  model: head.model,
  choices: responses.map(toChoice),
  usage: toChatUsage(responses.map((response) => response.usage)),
});

function toChoice({ output, stopReason }: ConverseResponse, index: number): ChatChoice {
  const message = toReply(output.message.content);
  const finish_reason = toFinishReason(stopReason, message.tool_calls !== undefined);
  return { index, message, logprobs: null, finish_reason };
}

function toReply(content: readonly ContentBlock[]): AssistantReply {
  const text = content.map((block) => textOf(block) ?? "").join("");
  const reasoning = content.map((block) => block.reasoningContent?.reasoningText?.text ?? "").join("");
  const calls = content.flatMap(({ toolUse }) => (toolUse ? [toToolCall(toolUse)] : []));
  return {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    refusal: null,
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(reasoning !== "" && { reasoning_content: reasoning, reasoning }),
  };
}

const toToolCall = ({ toolUseId, name, input }: ToolUse): FunctionToolCall => ({
  id: toolUseId,
  type: "function",
  function: { name, arguments: JSON.stringify(input ?? {}) },
});
