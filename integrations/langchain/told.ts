import type { Adjustment, ChatCompletion, ChatCompletionChunk } from "../../src/index.ts";

/** The name under which LangChain looks for what reads our messages as content blocks. */
export const MODEL_PROVIDER = "bedrock-openai";

/** What is known of a call beside its answer. */
export interface Call {
  requestId: string;
  awsRequestId?: string;
  target?: string;
  adjustments: readonly Adjustment[];
}

/** Members of an answer, or of the last chunk of one, that LangChain has no place of its own for. */
const EXTRAS = ["service_tier", "system_fingerprint", "trace", "additionalModelResponseFields"] as const;

/** @returns undefined where there are none, as in nearly every chunk. */
export function extrasOf(answer: ChatCompletion | ChatCompletionChunk): Record<string, unknown> | undefined {
  const told: Partial<Record<(typeof EXTRAS)[number], unknown>> = answer;
  const given = EXTRAS.filter((name) => told[name] != null);
  return given.length > 0 ? Object.fromEntries(given.map((name) => [name, told[name]])) : undefined;
}

/**
 * `response_metadata` of a message: the model that answered, how the answer ended, and what was done on the caller's
 * behalf. A stream tells it once: LangChain would join the texts of two chunks.
 */
export const toResponseMetadata = (
  model: string,
  finish_reason: string,
  { requestId, awsRequestId, target, adjustments }: Call,
): Record<string, unknown> => ({
  model,
  model_name: model,
  finish_reason,
  request_id: requestId,
  ...(awsRequestId !== undefined && { aws_request_id: awsRequestId }),
  ...(target !== undefined && { target }),
  ...(adjustments.length > 0 && { adjustments: [...adjustments] }),
});
