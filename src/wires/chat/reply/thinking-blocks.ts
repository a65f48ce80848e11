import type { ReasoningContent } from "../../../conversation/types.ts";
import type { ThinkingBlock } from "../../../openai/chat-response.ts";

/** Reasoning that has to come back unchanged; nothing for reasoning that may be forgotten. */
export function toThinkingBlocks({ reasoningText, redactedContent }: ReasoningContent): ThinkingBlock[] {
  if (redactedContent !== undefined) return [{ type: "redacted_thinking", data: redactedContent }];
  if (!reasoningText?.signature) return [];
  return [{ type: "thinking", thinking: reasoningText.text ?? "", signature: reasoningText.signature }];
}
