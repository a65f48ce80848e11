import type { AwsParameters } from "../openai/aws-parameters.ts";
import type { Notes } from "./notes.ts";

/** OpenAI's tier → AWS's. What both call auto is what happens without a word. */
const TIERS: Readonly<Record<string, string | undefined>> = {
  flex: "flex",
  priority: "priority",
  fast: "priority",
  scale: "reserved",
};

export function decodeServiceTier(request: AwsParameters, notes: Notes): { type: string } | undefined {
  const { serviceTier: own, service_tier: tier } = request;
  if (own) return { type: own.type };
  const type = tier ? TIERS[tier] : undefined;
  if (type === undefined) return undefined;
  if (type !== tier) notes.note("service_tier", "emulated", `Bedrock's nearest tier is '${type}'.`);
  return { type };
}
