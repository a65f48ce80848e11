import type { Conversation, JsonObject, StopReason, VideoBlock } from "../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { stopReasonOf, textIn } from "./parts/read-native.ts";
import { type Said, textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";
import { turnsOf } from "./prompt/turns.ts";

/** Answers questions about one video. Source: AWS, Inference parameters of TwelveLabs Pegasus. */
export const pegasus = textDialect({
  name: "pegasus",
  traits: {
    ...TEXT_ONLY,
    video: true,
    s3Media: true,
    system: false,
    prefill: false,
    sampling: "temperature",
    topK: "none",
    stopSequences: false,
    maxOutputTokens: 4096,
    structuredOutput: "native",
  },
  toBody,
  readAnswer,
});

function toBody(conversation: Conversation): JsonObject {
  const { inferenceConfig, outputConfig } = conversation;
  const format = outputConfig?.textFormat?.structure.jsonSchema.schema;
  const body = given({
    inputPrompt: promptOf(conversation),
    mediaSource: mediaSource(onlyVideo(conversation)),
    temperature: inferenceConfig?.temperature,
    maxOutputTokens: inferenceConfig?.maxTokens,
    responseFormat: format === undefined ? undefined : { jsonSchema: JSON.parse(format) as JsonObject },
  });
  return withNativeFields(body, conversation);
}

const SPEAKERS: Readonly<Record<string, string>> = { user: "User", assistant: "Assistant", system: "System" };

/** A question is asked as it is; of a conversation the model is told who said what. */
function promptOf(conversation: Conversation): string {
  const turns = turnsOf(conversation, {});
  if (turns.length === 1) return turns[0]!.text;
  return turns.map(({ role, text }) => `${SPEAKERS[role]}: ${text}`).join("\n\n");
}

/** @throws BedrockOpenAIError 400 for a conversation about no video, or more than one. */
function onlyVideo({ messages }: Conversation): VideoBlock {
  const [video, another] = messages.flatMap(({ content }) => content.flatMap((block) => block.video ?? []));
  if (!video) throw refused("this model answers questions about a video, and none was sent");
  if (another) throw refused("this model answers questions about one video at a time");
  return video;
}

const refused = (reason: string): BedrockOpenAIError =>
  invalidRequest(`Invalid 'messages': ${reason}.`, { code: "invalid_value", param: "messages" });

const mediaSource = ({ source }: VideoBlock): JsonObject =>
  given({ base64String: source.bytes, s3Location: source.s3Location });

const STOPS: Readonly<Record<string, StopReason>> = { stop: "end_turn", length: "max_tokens" };

function readAnswer(body: JsonObject): Said | undefined {
  const text = textIn(body, "message");
  const reason = textIn(body, "finishReason");
  if (text === undefined && reason === undefined) return undefined;
  return { text: text ?? "", stopReason: stopReasonOf(reason, STOPS) };
}
