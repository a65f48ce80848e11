import type { Adjustment } from "../../adjustments.ts";
import type { ContentBlock, Message, SystemBlock, ToolUse } from "../../conversation/types.ts";
import type { AssistantMessage, ChatMessage, ToolCall, ToolMessage } from "../../openai/chat-request.ts";
import { decodeUserContent } from "./decode-content.ts";
import { parseArguments } from "./decode-arguments.ts";
import { checkToolPairing } from "./tool-pairing.ts";

export interface DecodedMessages {
  messages: Message[];
  system: SystemBlock[];
}

/** Messages one by one: system texts collected in order, everything else as a turn of its own. */
export function decodeMessages(messages: readonly ChatMessage[], adjustments: Adjustment[]): DecodedMessages {
  checkToolPairing(messages);
  const decoded: DecodedMessages = { messages: [], system: [] };
  for (const [index, message] of messages.entries()) {
    switch (message.role) {
      case "system":
      case "developer":
        for (const text of textsOf(message.content)) decoded.system.push({ text });
        break;
      case "user":
        decoded.messages.push({
          role: "user",
          content: decodeUserContent(message.content, index, adjustments),
        });
        break;
      case "assistant":
        decoded.messages.push({ role: "assistant", content: decodeAssistant(message, index, adjustments) });
        break;
      case "tool":
        decoded.messages.push({ role: "user", content: [decodeToolResult(message)] });
        break;
    }
  }
  return decoded;
}

const textsOf = (content: string | readonly { text?: string | undefined }[] | null | undefined): string[] =>
  typeof content === "string" ? [content] : (content ?? []).map((part) => part.text ?? "");

function decodeAssistant(
  message: AssistantMessage,
  index: number,
  adjustments: Adjustment[],
): ContentBlock[] {
  const calls = (message.tool_calls ?? []).map((call, at) => ({
    toolUse: decodeToolCall(call, `messages[${index}].tool_calls[${at}].function.arguments`, adjustments),
  }));
  return [...decodeAssistantText(message, index, adjustments), ...calls];
}

function decodeAssistantText(
  message: AssistantMessage,
  index: number,
  adjustments: Adjustment[],
): ContentBlock[] {
  if (typeof message.content === "string") return [{ text: message.content }];
  const parts = message.content ?? [];
  if (parts.length === 0 && message.refusal) return [{ text: message.refusal }];
  return parts.flatMap((part, at) => {
    const text = part.text ?? part.refusal;
    if (text !== undefined && (part.type === "text" || part.type === "refusal")) return [{ text }];
    const param = `messages[${index}].content[${at}]`;
    adjustments.push({
      param,
      action: "dropped",
      reason: `Assistant parts of type '${part.type}' are not sent.`,
    });
    return [];
  });
}

function decodeToolCall(call: ToolCall, param: string, adjustments: Adjustment[]): ToolUse {
  if (call.type === "custom") {
    return { toolUseId: call.id, name: call.custom.name, input: { input: call.custom.input } };
  }
  const { name, arguments: text } = call.function;
  return { toolUseId: call.id, name, input: parseArguments(text ?? "", param, adjustments) };
}

const decodeToolResult = (message: ToolMessage): ContentBlock => ({
  toolResult: {
    toolUseId: message.tool_call_id,
    content: textsOf(message.content).map((text) => ({ text })),
  },
});
