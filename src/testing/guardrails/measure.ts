import type { JsonObject } from "../../conversation/types.ts";
import type { Content } from "./content.ts";
import type { Guardrail, PolicyName } from "./guardrail.ts";

const CHARACTERS_PER_UNIT = 1000;

/** What AWS bills texts by. */
export function textUnits(texts: readonly string[]): number {
  return Math.ceil(characters(texts) / CHARACTERS_PER_UNIT);
}

/** What each policy has been paid for; a policy that the guardrail does not have costs nothing. */
export function usageOf(guardrail: Guardrail, { texts, images }: Content): JsonObject {
  const units = (policy: PolicyName) => (guardrail.policies.includes(policy) ? textUnits(texts) : 0);
  return {
    topicPolicyUnits: units("topic"),
    contentPolicyUnits: units("content"),
    wordPolicyUnits: units("word"),
    sensitiveInformationPolicyUnits: units("sensitive"),
    sensitiveInformationPolicyFreeUnits: 0,
    contextualGroundingPolicyUnits: 0,
    contentPolicyImageUnits: guardrail.images ? images.length : 0,
    automatedReasoningPolicyUnits: 0,
    automatedReasoningPolicies: 0,
  };
}

/** How much of each kind of content there was, and how much of it the guardrail has looked at. */
export function coverageOf(guardrail: Guardrail, { texts, images }: Content): JsonObject {
  const total = characters(texts);
  return {
    ...(texts.length > 0 && { textCharacters: { guarded: total, total } }),
    ...(images.length > 0 && {
      images: { guarded: guardrail.images ? images.length : 0, total: images.length },
    }),
  };
}

function characters(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
