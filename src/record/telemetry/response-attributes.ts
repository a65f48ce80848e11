import type { CallRecord } from "../record.ts";
import type { CallEvent } from "../usage-event.ts";
import type { Attributes } from "./otel.ts";

/** What a span learns until its end. @param firstChunk In seconds; undefined where nothing was streamed. */
export function responseAttributes(
  event: CallEvent,
  { finishReasons, responseId }: Pick<CallRecord, "finishReasons" | "responseId">,
  firstChunk: number | undefined,
): Attributes {
  const { target, tokens, error, awsRequestId, adjustments, failedOver, serviceTier } = event;
  return known({
    "gen_ai.response.id": responseId,
    "gen_ai.response.model": target?.model,
    "gen_ai.response.finish_reasons": finishReasons.length > 0 ? [...finishReasons] : undefined,
    "gen_ai.response.time_to_first_chunk": firstChunk,
    "gen_ai.usage.input_tokens": tokens?.input,
    "gen_ai.usage.output_tokens": tokens?.output,
    "gen_ai.usage.cache_read.input_tokens": some(tokens?.cached),
    "gen_ai.usage.cache_creation.input_tokens": some(tokens?.written),
    "gen_ai.usage.reasoning.output_tokens": some(tokens?.reasoning),
    "error.type": error,
    "aws.request_id": awsRequestId,
    // The conventions have no words for these.
    "bedrock_openai.request_id": event.requestId,
    "bedrock_openai.region": target?.region,
    "bedrock_openai.surface": target?.surface,
    "bedrock_openai.service_tier": serviceTier,
    "bedrock_openai.caller": event.caller,
    "bedrock_openai.adjustments": adjustments.length > 0 ? adjustments.map(({ param }) => param) : undefined,
    "bedrock_openai.failed_over": some(failedOver),
  });
}

/** Nothing counted and nothing there to count look the same. */
const some = (count: number | undefined): number | undefined => count || undefined;

const known = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
