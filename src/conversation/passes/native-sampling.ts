import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { withFields } from "../additional-fields.ts";
import { isThinking, novaChooses } from "../reasoning/request.ts";
import type { NativeSampling, Traits } from "../traits.ts";
import type { Conversation, JsonObject } from "../types.ts";

const NATIVE: readonly NativeSampling[] = ["seed", "frequency_penalty", "presence_penalty"];

/** Sampling parameters that Converse has no member for: `top_k` where the family has it, the others under their names. */
export function nativeSampling(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields: fields = {}, ...rest } = conversation;
  const refused = NATIVE.filter((name) => name in fields && !traits.nativeSampling.includes(name));
  if (fields["top_k"] === undefined && refused.length === 0) return unchanged(conversation);

  const { top_k: topK, ...kept } = fields;
  for (const name of refused) delete kept[name];
  const place = isThinking(conversation) || novaChooses(conversation) ? "none" : traits.topK;
  const dropsTopK = topK !== undefined && place === "none";
  return {
    conversation: {
      ...rest,
      ...withFields({ ...kept, ...(topK !== undefined && PLACES[place](topK, kept)) }),
    },
    adjustments: [...(dropsTopK ? ["top_k"] : []), ...refused].map(dropped),
  };
}

const PLACES: Readonly<Record<Traits["topK"], (value: unknown, fields: JsonObject) => JsonObject>> = {
  top_k: (value) => ({ top_k: value }),
  k: (value) => ({ k: value }),
  "inferenceConfig.topK": (value, { inferenceConfig }) => ({
    inferenceConfig: { ...(inferenceConfig as JsonObject | undefined), topK: value },
  }),
  none: () => ({}),
};

const dropped = (param: string): Adjustment => ({
  param,
  action: "dropped",
  reason: `This model does not accept ${param}.`,
});
