import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { kept, mapContent, mapped } from "../map-content.ts";
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
  let duplicated = false;

  const isFirst = ({ toolUse, toolResult }: ContentBlock): boolean => {
    if (toolUse) {
      if (calls.has(toolUse.toolUseId)) return false;
      calls.set(toolUse.toolUseId, toIdentifier(toolUse.toolUseId));
    } else if (toolResult) {
      if (answered.has(toolResult.toolUseId)) return false;
      answered.add(toolResult.toolUseId);
    }
    return true;
  };

  const fitBlock = (block: ContentBlock): ContentBlock => {
    const call = block.toolUse ?? block.toolResult;
    const toolUseId = call && calls.get(call.toolUseId);
    if (toolUseId === undefined || toolUseId === call?.toolUseId) return block;
    return block.toolUse
      ? { toolUse: { ...block.toolUse, toolUseId } }
      : { toolResult: { ...block.toolResult!, toolUseId } };
  };

  const fitted = mapContent(conversation, (content) => {
    const startsRound = answered.size > 0 && content.some((block) => block.toolUse);
    if (startsRound) {
      calls = new Map();
      answered = new Set();
    }
    const firsts = kept(content, isFirst);
    duplicated ||= firsts !== content;
    return mapped(firsts, fitBlock);
  });
  return { conversation: fitted, adjustments: duplicated ? [DUPLICATE] : [] };
}
