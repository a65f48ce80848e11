import { US_PROFILE } from "./families.ts";
import type { Rule } from "./rule.ts";

/** Served at the Standard tier alone, at least on Converse. */
const STANDARD_ONLY = /^anthropic\.claude-haiku-5-5|^moonshotai\.kimi-k3|^openai\.gpt-5\.6/;
const FAST = /^amazon\.nova-pro|^anthropic\.claude-3-5-haiku|^meta\.llama3-1-(70|405)b/;

/** How soon an answer comes, and for how much. */
export const SERVICE_LEVEL_RULES: readonly Rule[] = [
  {
    name: "some models have one service tier",
    check: ({ serviceTier }, { id, baseId }) => {
      const tier = serviceTier?.["type"] ?? "default";
      return tier !== "default" && STANDARD_ONLY.test(baseId)
        ? `The service tier ${String(tier)} is not supported for ${id}.`
        : undefined;
    },
  },
  {
    name: "few models are served faster, through US profiles",
    check: ({ performanceConfig }, { id, baseId }) =>
      performanceConfig?.["latency"] === "optimized" && baseId && !(FAST.test(baseId) && US_PROFILE.test(id))
        ? `Latency performance configuration is not supported for ${id}.`
        : undefined,
  },
];
