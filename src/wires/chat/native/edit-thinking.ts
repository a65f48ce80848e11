import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import { type Effort, isEffort, nearestEffort } from "../../../conversation/reasoning/efforts.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isReasoningGpt } from "./families.ts";
import { mustNotThink } from "./takes.ts";

/** Where a model's own efforts are not known: what AWS takes somewhere. OpenAI's `minimal` it takes nowhere. */
const EFFORTS: readonly Effort[] = ["none", "low", "medium", "high", "xhigh", "max"];

/** How much the target thinks, and with that whether it lets others choose how it samples. */
export function editThinking(body: JsonObject, target: Target): [JsonObject, Adjustment[]] {
  const [effort, notes] = effortFor(body, target);
  const fixed = fixesSampling(target, effort);
  const knobs = ["temperature", "top_p"].filter((name) => body[name] != null);
  return [
    {
      ...Object.fromEntries(knobs.map((name) => [name, fixed ? undefined : body[name]])),
      reasoning_effort: effort,
    },
    [
      ...notes,
      // One is what the model does anyhow.
      ...knobs
        .filter((name) => fixed && body[name] !== 1)
        .map((name) => ({
          param: name,
          action: "dropped" as const,
          reason: `This model does not accept ${name}.`,
        })),
    ],
  ];
}

function fixesSampling({ family, fixed, traits }: Target, effort: unknown): boolean {
  if (fixed.includes("sampling")) return traits.sampling === "none";
  return isReasoningGpt(family) && effort !== "none";
}

function effortFor(body: JsonObject, target: Target): [unknown, Adjustment[]] {
  const asked = body["reasoning_effort"] === "default" ? undefined : body["reasoning_effort"];
  if (mustNotThink(body, target)) return ["none", [silenced(asked != null)]];
  if (!isEffort(asked)) return [asked, []];
  const { efforts } = target.traits.reasoning;
  const known = nearestEffort(asked, efforts.length > 0 ? efforts : EFFORTS);
  const reason = `This model's nearest effort is '${String(known)}'.`;
  return [known, known === asked ? [] : [{ param: "reasoning_effort", action: "clamped", reason }]];
}

/** @param asked Who asked for thoughts does not get what they asked for. */
const silenced = (asked: boolean): Adjustment => ({
  param: "reasoning_effort",
  action: asked ? "clamped" : "emulated",
  reason: "On this endpoint the model does not think while tools are offered.",
});
