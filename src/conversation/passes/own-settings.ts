import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/** What a request must not hold, and what callers know it as. Source: Converse, `modelId` of a managed prompt. */
const SETTINGS = [
  ["inferenceConfig", "max_completion_tokens, temperature, top_p and stop"],
  ["additionalModelRequestFields", "the model's own parameters"],
  ["outputConfig", "response_format and reasoning_effort"],
] as const;

/** A managed prompt says by itself how its model is to be called. */
export function ownSettings(conversation: Conversation, traits: Traits): Fitted {
  const given = traits.ownSettings ? SETTINGS.filter(([member]) => conversation[member]) : [];
  if (given.length === 0) return unchanged(conversation);
  const kept = { ...conversation };
  for (const [member] of given) delete kept[member];
  return { conversation: kept, adjustments: given.map(([member, words]) => dropped(member, words)) };
}

const dropped = (param: string, words: string): Adjustment => ({
  param,
  action: "dropped",
  reason: `A managed prompt brings its own settings; ${words} cannot be given with it.`,
});
