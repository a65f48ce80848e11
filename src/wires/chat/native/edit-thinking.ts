import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { fitEffort, fitSampling } from "../../native/thinking.ts";
import { mustNotThink } from "./takes.ts";

/** How much the target thinks, and with that whether it lets others choose how it samples. */
export function editThinking(body: JsonObject, target: Target): [JsonObject, Adjustment[]] {
  const [effort, notes] = effortFor(body, target);
  const [sampling, dropped] = fitSampling(body, effort, target);
  return [{ ...sampling, reasoning_effort: effort }, [...notes, ...dropped]];
}

function effortFor(body: JsonObject, target: Target): [unknown, Adjustment[]] {
  const asked = body["reasoning_effort"] === "default" ? undefined : body["reasoning_effort"];
  if (mustNotThink(body, target)) return ["none", [silenced(asked != null)]];
  return fitEffort(asked, "reasoning_effort", target);
}

/** @param asked Who asked for thoughts does not get what they asked for. */
const silenced = (asked: boolean): Adjustment => ({
  param: "reasoning_effort",
  action: asked ? "clamped" : "emulated",
  reason: "On this endpoint the model does not think while tools are offered.",
});
