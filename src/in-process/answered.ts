import type { Adjustment } from "../adjustments.ts";
import type { CallContext } from "../context.ts";
import { toBedrockOpenAIError } from "../errors.ts";
import { type BedrockOpenAIHandler, callWithin } from "../house.ts";
import type { BedrockOpenAIOptions } from "../options.ts";
import { report } from "../report.ts";
import { asJson } from "./json-value.ts";

/** What was answered, and what is known of the call beside it. */
export interface Answered<T> {
  value: T;
  /** This call's own, as `x-request-id` tells it over HTTP. It stands in the operator's log. */
  requestId: string;
  /** AWS's own id of it, of several calls that of one, for AWS's support. */
  awsRequestId?: string;
  /** Who answered, in the words of a model string, as `x-bedrock-target` tells it over HTTP: `us-east-1/us.amazon.nova-pro-v1:0`. */
  target?: string;
  /** What was done on the caller's behalf. */
  adjustments: readonly Adjustment[];
}

export interface CallOptions {
  /** Fires when the caller leaves: AWS's request is aborted. */
  signal?: AbortSignal | undefined;
}

/** What is wrong with it is told once it is asked for. */
async function read(request: unknown): Promise<unknown> {
  return asJson(request);
}

/**
 * A call without a request, and what is known of it. It is to be released when its value is over.
 * @param request Its body, as an object.
 * @throws TypeError for a function that is not a handler of this package.
 * @throws BedrockOpenAIError, also for what was not foreseen; the signal's reason once it has fired.
 */
export async function answered<T>(
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler,
  { signal }: CallOptions,
  request: unknown,
  call: (context: CallContext, body: unknown) => Promise<T>,
): Promise<Answered<T>> {
  // Read before anything is waited for: what becomes of the object afterwards is its owner's affair.
  const body = read(request);
  body.catch(() => undefined);
  const context = await callWithin(optionsOrHandler, signal);
  try {
    context.signal.throwIfAborted();
    const value = await context.observe.around(context, async () => call(context, await body));
    const { "x-amzn-requestid": awsRequestId, "x-bedrock-target": target } = context.headers;
    return {
      value,
      requestId: context.requestId,
      ...(awsRequestId !== undefined && { awsRequestId }),
      ...(target !== undefined && { target }),
      adjustments: [...context.adjustments],
    };
  } catch (thrown) {
    const error = toBedrockOpenAIError(thrown);
    context.record.error = error;
    context.release();
    context.signal.throwIfAborted();
    report(error, context);
    throw error;
  }
}
