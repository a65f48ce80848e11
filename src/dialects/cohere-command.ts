import type { JsonObject, StopReason } from "../conversation/types.ts";
import { throwIfFailed } from "./parts/native-error.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { plainPrompt, type Speakers, speakerTokens } from "./prompt/plain-prompt.ts";
import { firstIn, stopReasonOf, textIn } from "./parts/read-native.ts";
import { type Said, textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";

const SPEAKERS: Speakers = { user: "User", assistant: "Chatbot" };

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  complete: "end_turn",
  error_toxic: "content_filtered",
};

/** Command and Command Light. Source: AWS, Cohere Command models. */
export const cohereCommand = textDialect({
  name: "cohere-command",
  traits: {
    ...TEXT_ONLY,
    system: false,
    topK: "k",
    maxOutputTokens: 4096,
    maxTemperature: 2,
    nativeFields: ["p", "k", "return_likelihoods", "num_generations", "truncate"],
    controlTokens: speakerTokens(SPEAKERS),
  },
  toBody(conversation, stream) {
    const { maxTokens, temperature, topP, stopSequences } = conversation.inferenceConfig ?? {};
    const body = {
      prompt: plainPrompt(conversation, SPEAKERS),
      max_tokens: maxTokens,
      temperature,
      p: topP,
      stop_sequences: stopSequences,
      // The operation alone does not make it stream.
      stream: stream || undefined,
    };
    return withNativeFields(given(body), conversation);
  },
  readAnswer: (body) => read(firstIn(body, "generations")),
  readChunk(chunk) {
    if (textIn(chunk, "finish_reason") === "ERROR")
      throwIfFailed({ error: "Cohere reports that the generation failed." });
    return read(chunk);
  },
  lead: " ",
});

/** A failed generation is no answer. */
function read(answer: JsonObject | undefined): Said | undefined {
  const text = textIn(answer, "text");
  const reason = textIn(answer, "finish_reason");
  if (reason === "ERROR" || (text === undefined && reason === undefined)) return undefined;
  return { text: text ?? "", stopReason: stopReasonOf(reason, STOP_REASONS) };
}
