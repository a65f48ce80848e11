import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { BEDROCK_FORM, createIdentifiers, MISTRAL_FORM } from "../identifiers.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation } from "../types.ts";

const DUPLICATE: Adjustment = {
  param: "messages",
  action: "dropped",
  reason: "Of several tool calls or results with one id in a turn, only the first is sent.",
};

/**
 * Tool use ids within Bedrock's alphabet and length, and unique in the whole conversation: clients bring ids of other
 * providers (`functions.f:0`), and some start again at `call_0` on every turn.
 */
export function toolIds(conversation: Conversation, traits: Traits): Fitted {
  const toIdentifier = createIdentifiers(traits.toolIds === "mistral" ? MISTRAL_FORM : BEDROCK_FORM);
  let calls = new Map<string, string>();
  let answered = new Set<string>();
  let duplicates = 0;

  const fitBlock = (block: ContentBlock): ContentBlock[] => {
    if (block.toolUse) {
      const original = block.toolUse.toolUseId;
      if (calls.has(original)) {
        duplicates += 1;
        return [];
      }
      const toolUseId = toIdentifier(original);
      calls.set(original, toolUseId);
      return [{ toolUse: { ...block.toolUse, toolUseId } }];
    }
    if (block.toolResult) {
      const original = block.toolResult.toolUseId;
      if (answered.has(original)) {
        duplicates += 1;
        return [];
      }
      answered.add(original);
      return [{ toolResult: { ...block.toolResult, toolUseId: calls.get(original) ?? original } }];
    }
    return [block];
  };

  const messages = conversation.messages.map((message) => {
    const startsRound = answered.size > 0 && message.content.some((block) => block.toolUse);
    if (startsRound) {
      calls = new Map();
      answered = new Set();
    }
    return { ...message, content: message.content.flatMap(fitBlock) };
  });
  return { conversation: { ...conversation, messages }, adjustments: duplicates > 0 ? [DUPLICATE] : [] };
}
