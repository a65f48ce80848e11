import { type Effort, effortOf, nearestEffort } from "./efforts.ts";
import type { Fitted } from "../fitting.ts";
import { withFields } from "../additional-fields.ts";
import { type ReasoningRequest, withoutReasoningRequest } from "./request.ts";
import type { Reasoning, Traits } from "../traits.ts";
import type { Conversation, JsonObject } from "../types.ts";
import { budget } from "./budget.ts";
import { ALWAYS, clampedEffort, TRANSLATED } from "./by-effort.ts";

/** Claude's `thinking: {type: adaptive}` with `output_config.effort`. */
export function adaptive(conversation: Conversation, wanted: ReasoningRequest, traits: Traits): Fitted {
  const { reasoning } = traits;
  const { effort, thinking } = wanted;
  const type = thinking?.["type"];
  if (type === "enabled" && reasoning.budgets) return budget(conversation, wanted, traits);
  if (type === "disabled" || type === "between_tools" || (!thinking && effort === "none"))
    return quiet(conversation, reasoning, type);

  const tokens = type === "enabled" ? thinking?.["budget_tokens"] : undefined;
  const chosen = effort ?? (typeof tokens === "number" ? effortOf(tokens) : undefined);
  const { budget_tokens: _, ...extras } = thinking ?? {};
  const known = chosen && nearestEffort(chosen, reasoning.efforts);
  return {
    conversation: think(conversation, { display: "summarized", ...extras, type: "adaptive" }, known),
    adjustments: [...(type === "enabled" ? [TRANSLATED] : []), ...clampedEffort(chosen, known)],
  };
}

/** As little thought as this model can do. */
function quiet(conversation: Conversation, { off, efforts }: Reasoning, type: unknown): Fitted {
  if (off === "never") {
    return {
      conversation: think(conversation, { type: "adaptive", display: "summarized" }, efforts[0]),
      adjustments: [ALWAYS],
    };
  }
  if (off === "omit") return { conversation: withoutReasoningRequest(conversation), adjustments: [] };
  return {
    conversation: think(conversation, { type: off }, undefined),
    adjustments: off === "between_tools" && type !== off ? [ALWAYS] : [],
  };
}

function think(conversation: Conversation, thinking: JsonObject, effort: Effort | undefined): Conversation {
  const rest = withoutReasoningRequest(conversation);
  const { output_config: output, ...fields } = rest.additionalModelRequestFields ?? {};
  const config = { ...(output as JsonObject | undefined), ...(effort && { effort }) };
  return {
    ...rest,
    ...withFields({
      ...fields,
      thinking,
      ...(Object.keys(config).length > 0 && { output_config: config }),
    }),
  };
}
