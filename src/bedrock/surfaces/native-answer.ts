import type { Conversation, ConverseResponse, JsonObject } from "../../conversation/types.ts";
import { throwIfFailed } from "../../dialects/parts/native-error.ts";
import type { Letter } from "./surface.ts";
import { emptyResponse } from "./empty-response.ts";
import { countsOfHeaders, isIntervened, pointed, toUsage, traceOf } from "./native-facts.ts";

/** The model's own words come last, and it goes on with them. */
export const continues = ({ messages }: Conversation): boolean => messages.at(-1)?.role === "assistant";

/**
 * A whole native answer as Converse would have given it.
 * @throws BedrockOpenAIError 502 for JSON that is not one.
 */
export function toConverseResponse(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  { target, conversation }: Pick<Letter, "target" | "conversation">,
): ConverseResponse {
  const native = (typeof body === "object" && body !== null ? body : {}) as JsonObject;
  throwIfFailed(native);
  const answer = target.dialect?.toAnswer(native, continues(conversation));
  const intervened = isIntervened(native);
  if (!answer && !intervened) throw emptyResponse(target.modelId);
  const fields = pointed(native, conversation.additionalModelResponseFieldPaths);
  const latency = headers["x-amzn-bedrock-invocation-latency"];
  const trace = traceOf(native);
  const tier = headers["x-amzn-bedrock-service-tier"];
  return {
    output: { message: { role: "assistant", content: answer?.content ?? [] } },
    stopReason: intervened ? "guardrail_intervened" : answer!.stopReason,
    usage: toUsage(answer?.usage, countsOfHeaders(headers)),
    ...(latency !== undefined && { metrics: { latencyMs: Number(latency) } }),
    ...(Object.keys(fields).length > 0 && { additionalModelResponseFields: fields }),
    ...(trace && { trace }),
    ...(tier !== undefined && { serviceTier: { type: tier } }),
  };
}
