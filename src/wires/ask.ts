import type { Adjustment } from "../adjustments.ts";
import type { AwsRequest } from "../bedrock/converse.ts";
import type { Target } from "../bedrock/target.ts";
import type { CallContext } from "../context.ts";
import { asEvents } from "../conversation/as-events.ts";
import { fit } from "../conversation/fit.ts";
import { createEventRestorer, restoreResponse } from "../conversation/restore.ts";
import type { Conversation, ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import { peek } from "./peek.ts";

/** How long a stream's first event may keep the status line waiting: a refusal in it is still a real HTTP status. */
const FIRST_EVENT_GRACE_MS = 5_000;

/** A decoded request, fitted to its target and ready to be sent. */
export interface Ask {
  target: Target;
  /** What would be sent, and what was adjusted: the answer to `x-bedrock-explain: 1`. */
  explain(): Explanation;
  /** @param signal The caller's, or one that follows it. */
  whole(signal: AbortSignal): Promise<ConverseResponse>;
  /** Events grouped as they arrived. Rejects where the first event is a refusal that comes in time. */
  stream(signal: AbortSignal): Promise<AsyncIterator<ConverseStreamEvent[], unknown, undefined>>;
}

export interface Explanation {
  target: { model: string; surface: string };
  request: AwsRequest;
  adjustments: readonly Adjustment[];
}

const NOT_STREAMED: Adjustment = {
  param: "stream",
  action: "emulated",
  reason: "This model does not stream while tools are offered; its answer comes in one piece.",
};

/** The way every wire takes from its decoded request to Bedrock and back. */
export function ask(
  context: CallContext,
  model: string,
  stream: boolean,
  decoded: { conversation: Conversation; adjustments: readonly Adjustment[] },
): Ask {
  const { bedrock } = context;
  const target = bedrock.resolve(model);
  const { conversation, adjustments, restore } = fit(decoded.conversation, target.traits);
  for (const note of [...decoded.adjustments, ...adjustments]) context.adjustments.push(note);
  const streams = target.traits.streamingTools || !conversation.toolConfig;
  if (stream && !streams) context.adjustments.push(NOT_STREAMED);
  if (context.options.unsupported === "reject") refuseLossy(context.adjustments);

  const received = <T>({ requestId, value }: { requestId: string | undefined; value: T }): T => {
    if (requestId) context.headers["x-amzn-requestid"] = requestId;
    return value;
  };

  return {
    target,
    explain: () => ({
      target: { model: target.modelId, surface: target.surface },
      request: bedrock.explain(target, conversation, stream && streams),
      adjustments: context.adjustments,
    }),
    whole: async (signal) =>
      restoreResponse(received(await bedrock.converse(target, conversation, signal)), restore),
    stream: async (signal) => {
      const events = streams
        ? received(await bedrock.converseStream(target, conversation, signal))
        : atOnce(() => bedrock.converse(target, conversation, signal));
      const toCaller = createEventRestorer(restore);
      const restored = toCaller ? mapBatches(events, toCaller) : events;
      return peek(restored[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
    },
  };
}

/** Only parameters: how messages are told to a model is not the caller's to choose. */
function refuseLossy(adjustments: readonly Adjustment[]): void {
  const lossy = adjustments.find(
    ({ action, param }) => (action === "dropped" || action === "clamped") && !param.startsWith("messages"),
  );
  if (!lossy) return;
  throw invalidRequest(
    `Unsupported parameter: '${lossy.param}' is not supported with this model. ${lossy.reason}`,
    {
      code: "unsupported_parameter",
      param: lossy.param,
    },
  );
}

async function* atOnce(
  answer: () => Promise<{ value: ConverseResponse }>,
): AsyncGenerator<ConverseStreamEvent[]> {
  yield asEvents((await answer()).value);
}

async function* mapBatches<T>(batches: AsyncIterable<T[]>, map: (item: T) => T[]): AsyncGenerator<T[]> {
  for await (const batch of batches) yield batch.flatMap(map);
}
