import { type OptionsOrHandler, toHandler } from "./_handler.ts";
import {
  type LambdaEvent,
  type LambdaInvocation,
  type LambdaResult,
  type StreamingHandler,
  toStreaming,
  toWhole,
} from "./_lambda.ts";

export type { LambdaEvent, LambdaInvocation, LambdaResult, OptionsOrHandler };

/** What `authorize(request, context)` gets: what Lambda called the function with. */
export interface LambdaContext {
  event: LambdaEvent;
  context: LambdaInvocation;
}

/** In the mode `RESPONSE_STREAM` only Lambda's own runtime can call it. */
export type LambdaHandler = (event: LambdaEvent, context: LambdaInvocation) => Promise<LambdaResult>;

export interface LambdaOptions {
  /**
   * AWS's word for how the function is invoked; the same as is set on the function URL, or on API Gateway as the
   * response transfer mode. An Application Load Balancer and an HTTP API know only `BUFFERED`.
   * Default: `RESPONSE_STREAM` within Lambda, `BUFFERED` elsewhere.
   */
  invokeMode?: "RESPONSE_STREAM" | "BUFFERED";
}

/** The AWS SDK makes an empty one where Lambda has not. */
interface LambdaRuntime {
  streamifyResponse?: (handler: StreamingHandler) => LambdaHandler;
}

/**
 * A Lambda function: `export const handler = bedrockOpenAI()`, behind a function URL, API Gateway (payload 1.0 and
 * 2.0) or a load balancer. A second before Lambda's deadline the model is stopped and the caller gets a 408 or, in a
 * stream, an error frame. In the mode `RESPONSE_STREAM` the function runs on after its answer until background responses are done,
 * or failed at the deadline; a handler of your own needs the option `waitUntil` for them.
 * @throws TypeError for `RESPONSE_STREAM` where no Lambda runtime is.
 */
export function bedrockOpenAI(
  optionsOrHandler?: OptionsOrHandler,
  { invokeMode }: LambdaOptions = {},
): LambdaHandler {
  const streamify = (globalThis as { awslambda?: LambdaRuntime }).awslambda?.streamifyResponse;
  if (invokeMode === "BUFFERED" || (!streamify && invokeMode === undefined))
    return toWhole(toHandler(optionsOrHandler));
  if (!streamify)
    throw new TypeError(
      "bedrock-openai: invokeMode 'RESPONSE_STREAM' works only in Lambda's Node.js runtime.",
    );
  const works = new Set<Promise<unknown>>();
  return streamify(toStreaming(toHandler(awake(optionsOrHandler, works)), works));
}

/** A streaming function may run on after its answer, as long as the work of `background: true` takes. */
function awake(optionsOrHandler: OptionsOrHandler = {}, works: Set<Promise<unknown>>): OptionsOrHandler {
  if (typeof optionsOrHandler === "function") return optionsOrHandler;
  const waitUntil = (work: Promise<unknown>): void => {
    works.add(work);
    void work.finally(() => works.delete(work));
  };
  return { waitUntil, ...optionsOrHandler };
}
