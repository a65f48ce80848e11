import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { isObject } from "../json-schema/is-object.ts";
import { reasoningRequest, withoutReasoningRequest } from "../reasoning/request.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/** Some endpoints refuse tools of a model that thinks, and most think where nothing is said: they are told not to. */
export function toolThinking(conversation: Conversation, { thinksBesideTools }: Traits): Fitted {
  const offered = conversation.toolConfig?.tools.length ?? 0;
  if (thinksBesideTools || offered === 0 || isSilent(conversation)) return unchanged(conversation);
  const rest = withoutReasoningRequest(conversation);
  return {
    conversation: { ...rest, outputConfig: { ...rest.outputConfig, effort: "none" } },
    adjustments: [silenced(conversation)],
  };
}

function isSilent(conversation: Conversation): boolean {
  const { effort, thinking } = reasoningRequest(conversation);
  const said = conversation.additionalModelRequestFields?.["reasoning"];
  const own = isObject(said) ? said["effort"] : undefined;
  if (effort ?? thinking) return effort === "none" || (!effort && thinking?.["type"] === "disabled");
  return own === "none";
}

/** Who asked for thoughts does not get what they asked for. */
function silenced(conversation: Conversation): Adjustment {
  const { effort, thinking } = reasoningRequest(conversation);
  return {
    param: "reasoning_effort",
    action: effort || thinking ? "clamped" : "emulated",
    reason: "On this endpoint the model does not think while tools are offered.",
  };
}
