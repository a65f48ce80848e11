import type { Adjustment } from "../../adjustments.ts";
import { isThinking } from "../reasoning-request.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Conversation, ToolChoice } from "../types.ts";

/** From the most to the least binding. */
const KINDS = ["tool", "any", "auto"] as const;

/** Weakens a tool choice to the strongest the model accepts; Claude while it thinks accepts none that forces it. */
export function toolChoice(conversation: Conversation, traits: Traits): Fitted {
  const { toolConfig } = conversation;
  const accepted = isThinking(conversation) ? ["auto"] : traits.toolChoice;
  const wanted = KINDS.find((kind) => toolConfig?.toolChoice?.[kind]);
  if (!toolConfig || !wanted || accepted.includes(wanted)) return unchanged(conversation);

  const weaker = KINDS.slice(KINDS.indexOf(wanted) + 1).find((kind) => accepted.includes(kind));
  const { toolChoice: _, ...rest } = toolConfig;
  const replacement: ToolChoice | undefined = weaker && { [weaker]: {} };
  const adjustment: Adjustment = {
    param: "tool_choice",
    action: "dropped",
    reason: `This model cannot be made to call a tool; the choice is left to it${weaker === "any" ? " among all tools" : ""}.`,
  };
  return {
    conversation: {
      ...conversation,
      toolConfig: { ...rest, ...(replacement && { toolChoice: replacement }) },
    },
    // Leaving out `auto` loses nothing: it is what a model does without a choice.
    adjustments: wanted === "auto" ? [] : [adjustment],
  };
}
