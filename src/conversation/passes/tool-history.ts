import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { ContentBlock, Conversation } from "../types.ts";

const TOLD: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "No tool may be called in this request; earlier tool calls and results are told as text.",
};

/**
 * Bedrock refuses tool calls in the history of a request that offers no tools, and a model that is offered a tool may
 * call it, whatever it is told: without an offer the history becomes text.
 */
export function toolHistory(conversation: Conversation): Fitted {
  if (conversation.toolConfig || !conversation.messages.some(({ content }) => content.some(isTool)))
    return unchanged(conversation);
  const messages = conversation.messages.map((message) => ({
    ...message,
    content: message.content.flatMap((block) => (isTool(block) ? told(block) : [block])),
  }));
  return { conversation: { ...conversation, messages }, adjustments: [TOLD] };
}

const isTool = ({ toolUse, toolResult }: ContentBlock): boolean => Boolean(toolUse ?? toolResult);

/** A result's media stands beside its text: a user turn takes it as it is. */
function told({ toolUse, toolResult }: ContentBlock): ContentBlock[] {
  if (toolUse) return [{ text: `[Called ${toolUse.name} with ${JSON.stringify(toolUse.input)}]` }];
  const parts = toolResult?.content ?? [];
  const texts = parts.flatMap(
    (part) => part.text ?? (part.json === undefined ? [] : JSON.stringify(part.json)),
  );
  const media = parts.filter((part) => part.image ?? part.document ?? part.video);
  return [{ text: `[Result: ${texts.join("\n")}]` }, ...(media as ContentBlock[])];
}
