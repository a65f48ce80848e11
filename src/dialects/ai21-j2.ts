import type { JsonObject, StopReason } from "../conversation/types.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { plainPrompt, type Speakers, speakerTokens } from "./prompt/plain-prompt.ts";
import { firstIn, objectIn, stopReasonOf, textIn } from "./parts/read-native.ts";
import { textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";

const SPEAKERS: Speakers = { user: "User", assistant: "Assistant" };

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  endoftext: "end_turn",
  length: "max_tokens",
  stop: "stop_sequence",
};

/** Jurassic-2. Source: AWS, AI21 Labs Jurassic-2 models. */
export const ai21J2 = textDialect({
  name: "ai21-j2",
  traits: {
    ...TEXT_ONLY,
    system: false,
    streaming: false,
    topK: "none",
    maxOutputTokens: 8191,
    nativeSampling: ["frequency_penalty", "presence_penalty"],
    nativeFields: ["countPenalty", "presencePenalty", "frequencyPenalty"],
    controlTokens: speakerTokens(SPEAKERS),
  },
  toBody(conversation) {
    const { inferenceConfig, additionalModelRequestFields = {} } = conversation;
    const { maxTokens, temperature, topP, stopSequences } = inferenceConfig ?? {};
    const {
      frequency_penalty: frequency,
      presence_penalty: presence,
      ...fields
    } = additionalModelRequestFields;
    const body = {
      prompt: plainPrompt(conversation, SPEAKERS),
      maxTokens,
      temperature,
      topP,
      stopSequences,
      frequencyPenalty: scaled(frequency),
      presencePenalty: scaled(presence),
    };
    return withNativeFields(given(body), { ...conversation, additionalModelRequestFields: fields });
  },
  readAnswer(body) {
    const completion = firstIn(body, "completions");
    const data = objectIn(completion, "data");
    const text = textIn(data, "text");
    if (text === undefined) return undefined;
    const reason = textIn(objectIn(completion, "finishReason"), "reason");
    return {
      text,
      stopReason: stopReasonOf(reason, STOP_REASONS),
      inputTokens: lengthOf(objectIn(body, "prompt")?.["tokens"]),
      outputTokens: lengthOf(data?.["tokens"]),
    };
  },
  lead: " ",
});

const scaled = (scale: unknown): JsonObject | undefined => (scale === undefined ? undefined : { scale });

/** It lists its tokens instead of counting them. */
const lengthOf = (tokens: unknown): number | undefined => (Array.isArray(tokens) ? tokens.length : undefined);
