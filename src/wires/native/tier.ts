import type { Adjustment } from "../../adjustments.ts";
import type { Target } from "../../bedrock/models/target.ts";
import type { JsonObject } from "../../conversation/types.ts";

/** The tier under AWS's name; undefined where it is what happens without a word, or not to be had. */
export function editTier(
  { service_tier: asked }: JsonObject,
  { traits }: Target,
): [unknown, readonly Adjustment[]] {
  if (asked == null || asked === "auto") return [undefined, []];
  const tier = asked === "fast" ? "priority" : asked;
  if (tier !== "default" && !traits.serviceTiers.includes(String(tier)))
    return [
      undefined,
      [
        {
          param: "service_tier",
          action: "dropped",
          reason: `This model is not served on '${String(tier)}'.`,
        },
      ],
    ];
  if (tier === asked) return [tier, []];
  const reason = `Bedrock's nearest tier is '${String(tier)}'.`;
  return [tier, [{ param: "service_tier", action: "emulated", reason }]];
}
