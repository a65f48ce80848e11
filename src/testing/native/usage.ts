import type { JsonObject } from "../../conversation/types.ts";
import { outputTokens } from "../answers/usage.ts";
import { contentOf } from "../invoke/written.ts";
import type { Written } from "../invoke/written.ts";

/** OpenAI counts the whole prompt, cached or not. */
export function promptTokens({ response: { usage } }: Written): number {
  return usage.inputTokens + cacheRead(usage) + (usage.cacheWriteInputTokens ?? 0);
}

export function cachedTokens({ response: { usage } }: Written): number {
  return cacheRead(usage);
}

/** The part of the answer that was thought and not said. */
export function reasoningTokens(answer: Written): number {
  const thought = outputTokens(contentOf(answer).filter(({ reasoningContent }) => reasoningContent));
  return Math.min(thought, answer.response.usage.outputTokens);
}

/** The tier that was served: the one that was asked for, by the name it has here. */
export function serviceTier({ service_tier: tier = "default" }: JsonObject): unknown {
  return tier === "auto" ? "default" : tier;
}

function cacheRead({ cacheReadInputTokens = 0 }: { cacheReadInputTokens?: number }): number {
  return cacheReadInputTokens;
}
