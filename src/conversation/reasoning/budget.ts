import type { Adjustment } from "../../adjustments.ts";
import { budgetOf, MIN_BUDGET } from "./efforts.ts";
import type { Fitted } from "../fitting.ts";
import { withFields } from "../additional-fields.ts";
import { type ReasoningRequest, withoutReasoningRequest } from "./request.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, JsonObject } from "../types.ts";

/** Room for the answer beside the thoughts, where the caller set no limit. */
const ANSWER_TOKENS = 4096;

const NO_ROOM: Adjustment = {
  param: "reasoning_effort",
  action: "dropped",
  reason: `Thinking takes at least ${MIN_BUDGET} tokens, which max_completion_tokens does not allow.`,
};

const UNSIGNED: Adjustment = {
  // It is the history that lacks something: no parameter of the caller's is wrong.
  param: "messages",
  action: "dropped",
  reason:
    "The last tool calls came back without their signed reasoning, so this turn is answered without thinking.",
};

const RAISED: Adjustment = {
  param: "max_completion_tokens",
  action: "added",
  reason: "A thinking budget needs a limit above it.",
};

const SHRUNK: Adjustment = {
  param: "thinking.budget_tokens",
  action: "clamped",
  reason: `A thinking budget is at least ${MIN_BUDGET} tokens and below the limit of the answer.`,
};

/** Claude's `thinking: {type: enabled, budget_tokens}`: at least 1,024 tokens, and fewer than `maxTokens`. */
export function budget(
  conversation: Conversation,
  { effort, thinking }: ReasoningRequest,
  { maxOutputTokens }: Traits,
): Fitted {
  const rest = withoutReasoningRequest(conversation);
  const type = thinking?.["type"];
  if (type === "disabled" || (!thinking && effort === "none")) return { conversation: rest, adjustments: [] };
  if (lacksSignedReasoning(conversation)) return { conversation: rest, adjustments: [UNSIGNED] };

  const maxTokens = conversation.inferenceConfig?.maxTokens;
  const asked = type === "enabled" ? thinking?.["budget_tokens"] : undefined;
  const wanted =
    typeof asked === "number" ? asked : budgetOf(effort && effort !== "none" ? effort : "medium", maxTokens);
  const most = maxTokens ?? maxOutputTokens;
  const tokens = Math.min(Math.max(wanted, MIN_BUDGET), most - 1);
  if (tokens < MIN_BUDGET) return { conversation: rest, adjustments: [NO_ROOM] };

  const { display } = thinking ?? {};
  const fields: JsonObject = {
    ...rest.additionalModelRequestFields,
    thinking: { type: "enabled", budget_tokens: tokens, ...(display !== undefined && { display }) },
  };
  return {
    conversation: {
      ...rest,
      ...(maxTokens === undefined && {
        inferenceConfig: { ...rest.inferenceConfig, maxTokens: Math.min(tokens + ANSWER_TOKENS, most) },
      }),
      ...withFields(fields),
    },
    adjustments: [
      ...(maxTokens === undefined ? [RAISED] : []),
      ...(typeof asked === "number" && asked !== tokens ? [SHRUNK] : []),
    ],
  };
}

/** Thinking with a budget wants the signed reasoning before the calls that are being answered now. */
function lacksSignedReasoning({ messages }: Conversation): boolean {
  const spoken = messages.filter(({ role, content }) => role !== "system" && content.length > 0);
  const end = spoken.findLastIndex(({ role }) => role === "assistant") + 1;
  if (!spoken.slice(end).some(({ content }) => content.some((block) => block.toolResult))) return false;
  const start = spoken.slice(0, end).findLastIndex(({ role }) => role === "user") + 1;
  const turn = spoken.slice(start, end).flatMap(({ content }) => content);
  return turn.length > 0 && !turn.some(isSigned);
}

const isSigned = ({ reasoningContent: reasoning }: ContentBlock): boolean =>
  Boolean(reasoning?.reasoningText?.signature || reasoning?.redactedContent);
