import type { JsonObject, StopReason } from "../conversation/types.ts";
import type { Dialect } from "./dialect.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { countIn, firstIn, stopReasonOf, textIn } from "./parts/read-native.ts";
import { type Template, toPrompt } from "./prompt/template.ts";
import { type Said, textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";
import { turnsOf } from "./prompt/turns.ts";

const controlTokens = ["\nUser:", "\nBot:"];

const TEMPLATE: Template = {
  system: { open: "", close: "\n" },
  user: { open: "User: ", close: "\n" },
  assistant: { open: "Bot:", lead: " ", close: "\n" },
};

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  finished: "end_turn",
  finish: "end_turn",
  length: "max_tokens",
  stop_criteria_met: "stop_sequence",
};

/** Titan refuses a share of nothing; the smallest share means the same: the likeliest token alone. */
const SMALLEST_SHARE = 1e-6;

/** Titan Text. Source: AWS, Amazon Titan Text models: the bound on an answer is each model's own. */
const titan = (maxOutputTokens: number): Dialect =>
  textDialect({
    name: "titan-text",
    traits: {
      ...TEXT_ONLY,
      system: false,
      topK: "none",
      nativeFields: ["textGenerationConfig"],
      maxOutputTokens,
      controlTokens,
    },
    toBody(conversation) {
      const { maxTokens, temperature, topP, stopSequences } = conversation.inferenceConfig ?? {};
      const config = given({
        maxTokenCount: maxTokens,
        temperature,
        topP: topP === 0 ? SMALLEST_SHARE : topP,
        stopSequences,
      });
      const body = {
        inputText: toPrompt(turnsOf(conversation, { controlTokens }), TEMPLATE),
        ...(Object.keys(config).length > 0 && { textGenerationConfig: config }),
      };
      return withNativeFields(body, conversation);
    },
    readAnswer: (body) => read(firstIn(body, "results"), "tokenCount", body),
    readChunk: (chunk) => read(chunk, "totalOutputTextTokenCount", chunk),
    lead: " \n",
  });

function read(answer: JsonObject | undefined, count: string, body: JsonObject): Said | undefined {
  const text = textIn(answer, "outputText");
  const reason = textIn(answer, "completionReason");
  if (text === undefined && reason === undefined) return undefined;
  return {
    text: text ?? "",
    stopReason: stopReasonOf(reason, STOP_REASONS),
    inputTokens: countIn(body, "inputTextTokenCount"),
    outputTokens: countIn(answer, count),
  };
}

export const titanText = titan(8192);
export const titanTextLite = titan(4096);
export const titanTextPremier = titan(3072);
