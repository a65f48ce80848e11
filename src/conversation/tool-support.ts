import type { Adjustment } from "../adjustments.ts";
import { invalidRequest } from "../errors.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import type { Traits } from "./traits.ts";
import type { ContentBlock, Conversation } from "./types.ts";

const TOLD: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "This model knows no tools; earlier tool calls and results are told as text.",
};

/**
 * For a model without tools: an offer of them is refused, since it would never be taken up; a history of calls, from
 * another model perhaps, becomes text.
 * @throws BedrockOpenAIError 400 when tools are offered.
 */
export function toolSupport(conversation: Conversation, traits: Traits): Fitted {
  if (traits.tools) return unchanged(conversation);
  if (conversation.toolConfig) {
    throw invalidRequest("Unsupported parameter: 'tools' is not supported with this model.", {
      code: "unsupported_parameter",
      param: "tools",
    });
  }
  if (!conversation.messages.some(({ content }) => content.some(isTool))) return unchanged(conversation);
  const messages = conversation.messages.map((message) => ({
    ...message,
    content: message.content.map((block) => (isTool(block) ? told(block) : block)),
  }));
  return { conversation: { ...conversation, messages }, adjustments: [TOLD] };
}

const isTool = ({ toolUse, toolResult }: ContentBlock): boolean => Boolean(toolUse ?? toolResult);

function told({ toolUse, toolResult }: ContentBlock): ContentBlock {
  if (toolUse) return { text: `[Called ${toolUse.name} with ${JSON.stringify(toolUse.input)}]` };
  const results = toolResult?.content.map((part) => part.text ?? JSON.stringify(part.json ?? null)) ?? [];
  return { text: `[Result: ${results.join("\n")}]` };
}
