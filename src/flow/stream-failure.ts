import type { CallContext } from "../context.ts";
import { type BedrockOpenAIError, callerLeft, toBedrockOpenAIError } from "../errors.ts";
import { oneLine } from "../one-line.ts";

/**
 * A failure in the middle of a stream as what the caller is told; the operator reads what happened, and what still goes on
 * is stopped.
 * @throws The caller's reason where the caller left.
 */
export function streamFailure(thrown: unknown, context: CallContext): BedrockOpenAIError {
  if (callerLeft(context.signal)) throw context.signal.reason;
  const error = toBedrockOpenAIError(context.signal.aborted ? context.signal.reason : thrown);
  context.record.error = error;
  context.log.error(`bedrock-openai: ${oneLine(error.message)}`, {
    requestId: context.requestId,
    code: error.code,
    cause: error.cause,
  });
  context.abort(error);
  return error;
}
