import type { Adjustment } from "../../adjustments.ts";
import type { Target } from "../../bedrock/models/target.ts";
import { type Effort, isEffort, nearestEffort } from "../../conversation/reasoning/efforts.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { isReasoningGpt } from "./families.ts";

/** Where a model's own efforts are not known: what AWS takes somewhere. OpenAI's `minimal` it takes nowhere. */
const EFFORTS: readonly Effort[] = ["none", "low", "medium", "high", "xhigh", "max"];

/** The effort that the target knows and that is nearest to what is asked. @param param What the caller calls it. */
export function fitEffort(asked: unknown, param: string, { traits }: Target): [unknown, Adjustment[]] {
  if (!isEffort(asked)) return [asked === "default" ? undefined : asked, []];
  const { efforts } = traits.reasoning;
  const known = nearestEffort(asked, efforts.length > 0 ? efforts : EFFORTS);
  const reason = `This model's nearest effort is '${String(known)}'.`;
  return [known, known === asked ? [] : [{ param, action: "clamped", reason }]];
}

/** How the body samples, where the target lets others choose: a model that thinks may not. */
export function fitSampling(
  body: JsonObject,
  effort: unknown,
  target: Target,
): [JsonObject, readonly Adjustment[]] {
  const isFixed = fixesSampling(target, effort);
  const knobs = ["temperature", "top_p"].filter((name) => body[name] != null);
  return [
    Object.fromEntries(knobs.map((name) => [name, isFixed ? undefined : body[name]])),
    knobs
      // One is what the model does anyhow.
      .filter((name) => isFixed && body[name] !== 1)
      .map((name) => ({ param: name, action: "dropped", reason: `This model does not accept ${name}.` })),
  ];
}

function fixesSampling({ family, fixed, traits }: Target, effort: unknown): boolean {
  if (fixed.includes("sampling")) return traits.sampling === "none";
  return isReasoningGpt(family) && effort !== "none";
}
