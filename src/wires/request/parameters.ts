import type { Conversation, InferenceConfig, JsonObject } from "../../conversation/types.ts";
import type { CommonRequest } from "../../openai/common-parameters.ts";
import type { Notes } from "../../reception/notes.ts";

/** Bedrock's own parameters, which pass under their AWS names. */
const CONVERSE_MEMBERS = [
  "guardrailConfig",
  "performanceConfig",
  "promptVariables",
  "additionalModelResponseFieldPaths",
] as const;

export function givenMembers(request: CommonRequest): Partial<Conversation> {
  const members = CONVERSE_MEMBERS.filter((name) => request[name] != null && size(request[name]) > 0);
  return Object.fromEntries(members.map((name) => [name, request[name]]));
}

/** Bedrock's own words beside the answer are asked for: a guardrail's trace, response fields. */
export const asksForExtras = ({
  guardrailConfig,
  additionalModelResponseFieldPaths: paths,
}: CommonRequest): boolean =>
  Boolean(paths?.length) || (guardrailConfig?.trace != null && guardrailConfig.trace !== "disabled");

const size = (value: unknown): number => Object.keys(value as object).length;

export function decodeInference(
  request: CommonRequest,
  maxTokens: number | null | undefined,
  notes: Notes,
): InferenceConfig {
  const stops = typeof request.stop === "string" ? [request.stop] : (request.stop ?? []);
  const stopSequences = stops.filter((stop) => stop.trim() !== "");
  if (stopSequences.length < stops.length)
    notes.note("stop", "dropped", "Blank stop sequences are refused by the models.");
  return {
    ...(maxTokens != null && { maxTokens }),
    ...(request.temperature != null && { temperature: request.temperature }),
    ...(request.top_p != null && { topP: request.top_p }),
    ...(stopSequences.length > 0 && { stopSequences }),
  };
}

/**
 * What goes to the model unread: the caller's `additionalModelRequestFields`, keys that neither OpenAI nor Bedrock
 * knows, and the sampling parameters that only some models have.
 * @param foreign The keys that nobody knows; see `foreignIn`. Not copied where nothing is added: they may be many.
 * @param others What is said of the model beside.
 */
export function decodeNativeFields(
  request: CommonRequest,
  foreign: JsonObject,
  others: JsonObject,
): JsonObject {
  const { top_k, seed, frequency_penalty: frequency, presence_penalty: presence } = request;
  const own = {
    // vLLM's word for no limit.
    ...(top_k != null && top_k >= 0 && { top_k }),
    ...(seed != null && { seed }),
    ...(frequency && { frequency_penalty: frequency }),
    ...(presence && { presence_penalty: presence }),
    ...request.additionalModelRequestFields,
    ...others,
  };
  return size(own) > 0 ? { ...foreign, ...own } : foreign;
}
