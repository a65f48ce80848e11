import type { CallContext } from "./context.ts";
import { type BedrockOpenAIError, callerLeft } from "./errors.ts";
import { oneLine } from "./one-line.ts";

/** The caller reads a masked message; the operator reads what happened, also where AWS refused the operator. */
export function report(
  error: BedrockOpenAIError,
  { log, requestId, signal }: Pick<CallContext, "log" | "requestId" | "signal">,
): void {
  if (callerLeft(signal)) return;
  const details = { requestId, status: error.status, code: error.code, cause: error.cause };
  if (error.status >= 500) log.error(`bedrock-openai: ${oneLine(error.message)}`, details);
  else if (error.cause && [401, 403].includes(error.status))
    log.warn(`bedrock-openai: ${oneLine(error.message)}`, details);
}
