import type { Adjustment } from "../adjustments.ts";
import type { AwsRequest } from "../bedrock/converse.ts";
import type { Target } from "../bedrock/target.ts";
import type { CallContext } from "../context.ts";
import { asEvents } from "../conversation/as-events.ts";
import { autoCache } from "../conversation/auto-cache.ts";
import { foreignFields } from "../conversation/foreign-fields.ts";
import { fit } from "../conversation/fit.ts";
import type { Places, Restore } from "../conversation/fitting.ts";
import { restoreResponse } from "../conversation/restore.ts";
import { createEventRestorer } from "../conversation/restore-events.ts";
import type { Conversation, ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import type { Attachments } from "../http/attachments.ts";
import { peek } from "./peek.ts";
import { refuseLossy } from "./refuse-lossy.ts";

/** How long a stream's first event may keep the status line waiting: a refusal in it is still a real HTTP status. */
const FIRST_EVENT_GRACE_MS = 5_000;

/** A refusal costs nothing, and clients send several parameters that a model does not know; but there is an end. */
const MAX_LESSONS = 4;

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

export interface AutoCache {
  ttl?: "1h";
}

/** A request in the conversation's terms, before any model's wishes are known. */
export interface Decoded {
  conversation: Conversation;
  adjustments: readonly Adjustment[];
  places: Places;
  /** Parameters that only the model may know. */
  foreign: ReadonlySet<string>;
  /** Parameters that the caller did not send, and is not told about. */
  quiet?: ReadonlySet<string>;
  /** Everything is to be cached that the model can. */
  autoCache?: AutoCache | undefined;
  /** The answer is to be JSON, whatever the model says around it. */
  jsonText?: boolean;
  /** The files that tokens stand for in the conversation. */
  attachments?: Attachments;
}

/** What is sent for one target, and what has to be undone in its answer. */
interface Prepared {
  target: Target;
  conversation: Conversation;
  restore: Restore;
  /** The target streams an answer to this. */
  streams: boolean;
}

const NOT_STREAMED: Adjustment = {
  param: "stream",
  action: "emulated",
  reason: "This model does not stream while tools are offered; its answer comes in one piece.",
};

/** The way every wire takes from its decoded request to Bedrock and back. */
export function ask(context: CallContext, model: string, stream: boolean, decoded: Decoded): Ask {
  const { bedrock, memory, options } = context;
  const wantsJson = decoded.jsonText ?? false;

  let keepsForeign = true;
  const refusesForeign = ({ traits }: Target): boolean =>
    traits.refusedFields.some(([key = ""]) => decoded.foreign.has(key));

  const prepare = (target: Target): Prepared => {
    const { traits } = target;
    const remembers = traits.reasoningReplay === "signed";
    const recalled = remembers ? memory.recall(decoded.conversation, target.modelId) : decoded.conversation;
    const known = keepsForeign ? traits.nativeFields : [];
    const cached = decoded.autoCache ? autoCache(recalled, traits, decoded.autoCache.ttl) : recalled;
    const native = foreignFields(cached, decoded.foreign, known);
    const { conversation, adjustments, restore } = fit(native.conversation, traits, decoded.places);
    // What a model continues begins in the caller's own words.
    const continues = conversation.messages.at(-1)?.role === "assistant";
    const jsonText = (restore.jsonText || wantsJson) && !continues;
    const streams = traits.streamingTools || !conversation.toolConfig;
    const notes = stream && !streams ? [...adjustments, NOT_STREAMED] : adjustments;
    context.adjustments.length = 0;
    for (const note of [...decoded.adjustments, ...native.adjustments, ...notes])
      if (!decoded.quiet?.has(note.param)) context.adjustments.push(note);
    if (options.unsupported === "reject") refuseLossy(context.adjustments);
    return {
      target,
      conversation,
      restore: { ...restore, jsonText },
      streams,
    };
  };

  let prepared = prepare(bedrock.resolve(model));

  /** Sends; where AWS's refusal teaches something about the model, again in the light of it. */
  const send = async <T>(attempt: (prepared: Prepared) => Promise<T>): Promise<T> => {
    for (let lessons = 0; ; lessons += 1) {
      const current = prepared;
      try {
        return await attempt(current);
      } catch (thrown) {
        const learns = options.unsupported !== "reject" && lessons < MAX_LESSONS;
        const target = learns ? bedrock.learn(current.target, current.conversation, thrown) : undefined;
        if (!target && prepared === current) throw thrown;
        if (!target || prepared !== current) continue;
        // Who refuses one parameter that it does not know refuses the others too.
        keepsForeign &&= !refusesForeign(target);
        prepared = prepare(target);
      }
    }
  };

  const received = <T>({ requestId, value }: { requestId: string | undefined; value: T }): T => {
    if (requestId) context.headers["x-amzn-requestid"] = requestId;
    return value;
  };

  const whole = async (current: Prepared, signal: AbortSignal): Promise<ConverseResponse> => {
    const { target, conversation } = current;
    const response = received(await bedrock.converse(target, conversation, signal, decoded.attachments));
    if (keepsReasoning(current)) memory.keep(response.output.message.content, target.modelId);
    return response;
  };

  const events = async (
    current: Prepared,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ConverseStreamEvent[]>> => {
    const { target, conversation } = current;
    const batches = received(await bedrock.converseStream(target, conversation, signal, decoded.attachments));
    if (!keepsReasoning(current)) return batches;
    const listen = memory.listen(target.modelId);
    return mapBatches(batches, (event) => {
      listen(event);
      return [event];
    });
  };

  const answer = (signal: AbortSignal): Promise<ConverseResponse> =>
    send(async (current) => restoreResponse(await whole(current, signal), current.restore));

  return {
    target: prepared.target,
    explain: () => ({
      target: { model: prepared.target.modelId, surface: prepared.target.surface },
      request: bedrock.explain(
        prepared.target,
        prepared.conversation,
        stream && prepared.streams,
        decoded.attachments,
      ),
      adjustments: context.adjustments,
    }),
    whole: answer,
    stream: (signal) =>
      // Nothing is told before the answer is there, so there is time to learn.
      !prepared.streams
        ? peek(
            atOnce(() => answer(signal)),
            FIRST_EVENT_GRACE_MS,
          )
        : send(async (current) => {
            const batches = await events(current, signal);
            const toCaller = createEventRestorer(current.restore);
            const restored = toCaller ? mapBatches(batches, toCaller) : batches;
            return peek(restored[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
          }),
  };
}

const keepsReasoning = ({ target, conversation }: Prepared): boolean =>
  target.traits.reasoningReplay === "signed" && conversation.toolConfig !== undefined;

async function* atOnce(answer: () => Promise<ConverseResponse>): AsyncGenerator<ConverseStreamEvent[]> {
  yield asEvents(await answer());
}

async function* mapBatches<T>(batches: AsyncIterable<T[]>, map: (item: T) => T[]): AsyncGenerator<T[]> {
  for await (const batch of batches) yield batch.flatMap(map);
}
