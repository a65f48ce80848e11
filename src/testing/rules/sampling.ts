import { CLAUDE, CLAUDE_FROM_4_7, rowFor } from "./families.ts";
import { additionalFields } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

type Knob = "temperature" | "topP" | "topK" | "stopSequences";

/** What a family refuses of `inferenceConfig`, and of its native twins in additionalModelRequestFields. */
const REFUSED: readonly { models: RegExp; knobs: readonly Knob[] }[] = [
  { models: CLAUDE_FROM_4_7, knobs: ["temperature", "topP", "topK"] },
  { models: /^openai\.gpt-oss/, knobs: ["stopSequences"] },
  { models: /^openai\.gpt-/, knobs: ["temperature", "topP", "stopSequences"] },
  { models: /^xai\.grok/, knobs: ["temperature", "topP"] },
];

/** Claude's that take temperature or top_p, but not both. */
const EITHER = /^anthropic\.claude-(opus-4-1|opus-4-5|sonnet-4-5|haiku-4-5)/;

const NATIVE_NAMES: Record<Knob, string> = {
  temperature: "temperature",
  topP: "top_p",
  topK: "top_k",
  stopSequences: "stop_sequences",
};

export const SAMPLING_RULES: readonly Rule[] = [
  {
    name: "some models fix their sampling",
    check: (request, { baseId }) =>
      firstOf(rowFor(REFUSED, baseId)?.knobs ?? [], (knob) => {
        if (!isSet(request, knob)) return undefined;
        if (CLAUDE.test(baseId)) return modelError(`\`${NATIVE_NAMES[knob]}\` is deprecated for this model.`);
        return unsupportedField(knob);
      }),
  },
  {
    name: "some Claudes take temperature or top_p, not both",
    check: (request, { baseId }) =>
      EITHER.test(baseId) && isSet(request, "temperature") && isSet(request, "topP")
        ? modelError(
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
          )
        : undefined,
  },
];

function isSet(request: ConverseRequest, knob: Knob): boolean {
  const native = additionalFields(request)[NATIVE_NAMES[knob]] !== undefined;
  return native || (knob !== "topK" && request.inferenceConfig?.[knob] !== undefined);
}
