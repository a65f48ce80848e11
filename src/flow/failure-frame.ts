import type { CallContext } from "../context.ts";
import { toBedrockOpenAIError } from "../errors.ts";

/**
 * A failure as the last frame of a stream, which it ends.
 * @throws The caller's reason where the caller left: nobody reads on.
 */
export function failureFrame(thrown: unknown, context: CallContext): string {
  if (context.signal.aborted) throw context.signal.reason;
  const error = toBedrockOpenAIError(thrown);
  context.log.error(`bedrock-openai: ${error.message}`, {
    requestId: context.requestId,
    code: error.code,
    cause: error.cause,
  });
  context.abort(error);
  return `data: ${JSON.stringify(error.toBody())}\n\n`;
}
