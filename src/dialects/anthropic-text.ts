import type { StopReason } from "../conversation/types.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { stopReasonOf, textIn } from "./parts/read-native.ts";
import { type Template, toPrompt } from "./prompt/template.ts";
import { textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";
import { turnsOf } from "./prompt/turns.ts";

const HUMAN = "\n\nHuman:";
const ASSISTANT = "\n\nAssistant:";
const controlTokens = [HUMAN, ASSISTANT];

/** Instructions stand first, outside of every turn. Source: Anthropic, Text Completions prompt design. */
const TEMPLATE: Template = {
  system: { open: "", close: "" },
  user: { open: HUMAN, lead: " ", close: "" },
  assistant: { open: ASSISTANT, lead: " ", close: "" },
};

/** The body insists on a limit: whoever names none wants the whole answer. */
const MAX_TOKENS = 4096;

const STOP_REASONS: Readonly<Record<string, StopReason>> = { stop: "end_turn" };

/** Claude v1, v2 and Instant. Source: AWS, Anthropic Claude Text Completions API. */
export const anthropicText = textDialect({
  name: "anthropic-text",
  traits: { ...TEXT_ONLY, topK: "top_k", maxOutputTokens: MAX_TOKENS, controlTokens },
  toBody(conversation) {
    const { maxTokens = MAX_TOKENS, temperature, topP, stopSequences } = conversation.inferenceConfig ?? {};
    const body = {
      prompt: toPrompt(turnsOf(conversation, { controlTokens }), TEMPLATE),
      max_tokens_to_sample: maxTokens,
      temperature,
      top_p: topP,
      stop_sequences: stopSequences,
    };
    return withNativeFields(given(body), conversation);
  },
  readAnswer(body) {
    const text = textIn(body, "completion");
    const reason = textIn(body, "stop_reason");
    if (text === undefined && reason === undefined) return undefined;
    // It stops at the next human turn by itself; `stop` tells this from the caller's own sequences.
    const stop = textIn(body, "stop") ?? HUMAN;
    const isOwn = reason === "stop_sequence" && stop === HUMAN;
    return { text: text ?? "", stopReason: stopReasonOf(isOwn ? "stop" : reason, STOP_REASONS) };
  },
  lead: " ",
});
