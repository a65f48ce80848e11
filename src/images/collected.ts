import type { CallContext } from "../context.ts";
import type { MadeImage, MadeImages } from "./family.ts";
import { contentPolicyViolation } from "./refusals.ts";

/**
 * The pictures of all calls. Where a filter held some back, the caller is told and has the others.
 * @throws BedrockOpenAIError 400 `content_policy_violation` where there is none.
 */
export function collected(
  made: readonly MadeImages[],
  { adjustments }: Pick<CallContext, "adjustments">,
): MadeImage[] {
  const images = made.flatMap((each) => each.images);
  const withheld = made.find((each) => each.withheld !== undefined)?.withheld;
  if (withheld === undefined) return images;
  if (images.length === 0) throw contentPolicyViolation(withheld);
  adjustments.push({ param: "n", action: "clamped", reason: withheld });
  return images;
}
