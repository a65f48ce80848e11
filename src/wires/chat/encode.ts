import type { ContentBlock, ConverseResponse, ToolUse } from "../../conversation/types.ts";
import { BedrockOpenAIError } from "../../errors.ts";
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

/**
 * Converse responses, one for each choice, as a chat completion.
 * @throws BedrockOpenAIError 502 when Bedrock answered 200 without a message.
 */
export const encode = (responses: readonly ConverseResponse[], head: ReplyHead): ChatCompletion => ({
  id: head.id,
  object: "chat.completion",
  created: head.created,
  model: head.model,
  choices: responses.map((response, index) => toChoice(response, index, head.model)),
  usage: toChatUsage(responses.map((response) => response.usage)),
});

function toChoice(response: ConverseResponse, index: number, model: string): ChatChoice {
  const content = response.output?.message?.content;
  if (!content) {
    throw new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
      type: "server_error",
      code: "empty_response",
    });
  }
  const message = toReply(content);
  const finish_reason = toFinishReason(response.stopReason, message.tool_calls !== undefined);
  return { index, message, logprobs: null, finish_reason };
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
