import type { JsonObject } from "../../conversation/types.ts";
import { guardrailMembers } from "./guardrail-members.ts";
import type { Written } from "./written.ts";

const LATENCY_MS = 1;

/** The last native chunk carries what AWS has to say of the call. */
export function* withMetrics(chunks: Iterable<JsonObject>, answer: Written): Generator<JsonObject> {
  let last: JsonObject | undefined;
  for (const chunk of chunks) {
    if (last) yield last;
    last = chunk;
  }
  yield { ...last, ...guardrailMembers(answer), "amazon-bedrock-invocationMetrics": metrics(answer) };
}

function metrics({ response: { usage } }: Written): JsonObject {
  return {
    inputTokenCount: usage.inputTokens,
    outputTokenCount: usage.outputTokens,
    invocationLatency: LATENCY_MS,
    firstByteLatency: LATENCY_MS,
    ...(usage.cacheReadInputTokens !== undefined && { cacheReadInputTokenCount: usage.cacheReadInputTokens }),
    ...(usage.cacheWriteInputTokens !== undefined && {
      cacheWriteInputTokenCount: usage.cacheWriteInputTokens,
    }),
  };
}
