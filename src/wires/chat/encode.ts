import type { ContentBlock, ConverseResponse, ToolUse } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import type { AssistantReply, ChatCompletion, FunctionToolCall } from "../../openai/chat-response.ts";
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

/**
 * A Converse response as a chat completion.
 * @throws BedrockOpenAIError 502 when Bedrock answered 200 without a message.
 */
export function encode(response: ConverseResponse, head: ReplyHead): ChatCompletion {
  const content = response.output?.message?.content;
  if (!content) {
    throw new BedrockOpenAIError(502, `Bedrock returned no message for the model '${head.model}'.`, {
      type: "server_error",
      code: "empty_response",
    });
  }
  const message = toReply(content);
  return {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message,
        logprobs: null,
        finish_reason: toFinishReason(response.stopReason, message.tool_calls !== undefined),
      },
    ],
    usage: toChatUsage(response.usage),
  };
}

function toReply(content: readonly ContentBlock[]): AssistantReply {
  const text = content.map(textOf).join("");
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

const textOf = (block: ContentBlock): string =>
  block.text ?? block.citationsContent?.content?.map((part) => part.text ?? "").join("") ?? "";

const toToolCall = ({ toolUseId, name, input }: ToolUse): FunctionToolCall => ({
  id: toolUseId,
  type: "function",
  function: { name, arguments: JSON.stringify(input ?? {}) },
});
