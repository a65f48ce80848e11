import type { Conversation, InferenceConfig, JsonObject } from "../../../conversation/types.ts";
import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { Decoding } from "./decoding.ts";
import { nativeFields } from "./unmapped.ts";

/** Bedrock's own parameters, which pass under their AWS names. */
const CONVERSE_MEMBERS = [
  "guardrailConfig",
  "performanceConfig",
  "additionalModelResponseFieldPaths",
] as const;

export function givenMembers(request: ChatRequest): Partial<Conversation> {
  const members = CONVERSE_MEMBERS.filter((name) => request[name] != null && size(request[name]) > 0);
  return Object.fromEntries(members.map((name) => [name, request[name]]));
}

const size = (value: unknown): number => Object.keys(value as object).length;

export function decodeInference(request: ChatRequest, decoding: Decoding): InferenceConfig {
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  const stops = typeof request.stop === "string" ? [request.stop] : (request.stop ?? []);
  const stopSequences = stops.filter((stop) => stop.trim() !== "");
  if (stopSequences.length < stops.length)
    decoding.note("stop", "dropped", "Blank stop sequences are refused by the models.");
  return {
    ...(maxTokens != null && { maxTokens }),
    ...(request.temperature != null && { temperature: request.temperature }),
    ...(request.top_p != null && { topP: request.top_p }),
    ...(stopSequences.length > 0 && { stopSequences }),
  };
}

/** OpenAI's tier → AWS's. What both call auto is what happens without a word. */
const TIERS: Readonly<Record<string, string | undefined>> = {
  flex: "flex",
  priority: "priority",
  fast: "priority",
  scale: "reserved",
};

export function decodeServiceTier(request: ChatRequest, decoding: Decoding): { type: string } | undefined {
  const { serviceTier: own, service_tier: tier } = request;
  if (own) return { type: own.type };
  const type = tier ? TIERS[tier] : undefined;
  if (type === undefined) return undefined;
  if (type !== tier) decoding.note("service_tier", "emulated", `Bedrock's nearest tier is '${type}'.`);
  return { type };
}

/**
 * What goes to the model unread: the caller's `additionalModelRequestFields`, keys that neither OpenAI nor Bedrock
 * knows, and the sampling parameters that only some models have.
 */
export function decodeNativeFields(request: ChatRequest): JsonObject {
  const { top_k, seed, frequency_penalty: frequency, presence_penalty: presence } = request;
  return {
    ...nativeFields(request),
    // vLLM's word for no limit.
    ...(top_k != null && top_k >= 0 && { top_k }),
    ...(seed != null && { seed }),
    ...(frequency && { frequency_penalty: frequency }),
    ...(presence && { presence_penalty: presence }),
    ...request.additionalModelRequestFields,
  };
}
