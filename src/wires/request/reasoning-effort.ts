import { type Effort, effortOf } from "../../conversation/reasoning/efforts.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { CommonRequest } from "../../openai/common-parameters.ts";

/** What the caller wants of the model's thinking, in the conversation's own words. */
export interface ReasoningWish {
  effort?: Effort;
  thinking?: JsonObject;
}

/**
 * OpenAI's `reasoning_effort`, Anthropic's `thinking` and OpenRouter's `reasoning`. Where several are given, Anthropic's
 * says how to think and OpenAI's how much.
 */
export function decodeReasoningEffort(request: CommonRequest): ReasoningWish {
  const { reasoning_effort: effort, reasoning, thinking } = request;
  const named = effort ?? reasoning?.effort ?? (reasoning?.enabled === false ? "none" : undefined);
  const wanted = named === "default" ? undefined : named;
  if (thinking) return { thinking: { ...thinking }, ...(wanted && { effort: wanted }) };
  if (wanted) return { effort: wanted };
  if (reasoning?.max_tokens != null)
    return {
      thinking: { type: "enabled", budget_tokens: reasoning.max_tokens },
      effort: effortOf(reasoning.max_tokens),
    };
  return reasoning?.enabled ? { effort: "medium" } : {};
}
