import type { Adjustment } from "../adjustments.ts";
import type { AwsRequest } from "../bedrock/surfaces/surface.ts";
import type { Target } from "../bedrock/models/target.ts";
import type { CallContext } from "../context.ts";
import { asEvents } from "../conversation/as-events.ts";
import { restoreResponse } from "../conversation/restore.ts";
import { createEventRestorer } from "../conversation/restore-events.ts";
import { cutBatches } from "../conversation/stop-batches.ts";
import type { ReasoningMemory } from "../conversation/reasoning/memory.ts";
import type { ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import type { Decoded } from "./decoded.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../flow/peek.ts";
import { sentTo } from "../flow/sent-to.ts";
import { isHistory } from "./is-history.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { mapped } from "../mapped.ts";
import { hear, hearing } from "../record/hear.ts";
import type { CallRecord } from "../record/record.ts";
import { refuseLossy } from "../reception/refuse-lossy.ts";
import { createTries, type Tries } from "../tries.ts";

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
  target: { model: string; surface: string; region?: string; host?: string };
  request: AwsRequest;
  adjustments: readonly Adjustment[];
}

type Batches = AsyncIterable<ConverseStreamEvent[]>;

/**
 * The way every wire takes from its decoded request to Bedrock and back.
 * @param asked Where Converse serves it too, that is the better way for what has been translated.
 */
export function ask(context: CallContext, asked: Target, stream: boolean, decoded: Decoded): Ask {
  const { bedrock, memory, options } = context;
  const { attachments } = decoded;
  const rejects = options.unsupported === "reject";
  const before = context.adjustments.length;
  let keepsForeign = true;

  const prepareFor = (target: Target): Prepared => {
    const made = prepare(decoded, target, { memory, stream, keepsForeign });
    if (rejects) refuseLossy(made.adjustments, isHistory);
    // Of what was noted before, who calls for instance, the model knows nothing.
    context.adjustments.length = before;
    for (const note of made.adjustments) context.adjustments.push(note);
    return made;
  };

  const hearers: Hearers = { memory, record: context.record, lastWords: decoded.lastWords };
  let prepared = prepareFor(asked.instead ?? asked);

  /** Takes a refusal as a lesson; false where it is none. */
  const learn = async (current: Prepared, thrown: unknown): Promise<boolean> => {
    const hasLearnt = (): boolean => prepared !== current;
    if (hasLearnt()) return true;
    const target = rejects ? undefined : await bedrock.learn(current.target, current.conversation, thrown);
    // Of several choices another one has meanwhile.
    if (hasLearnt()) return true;
    if (!target) return false;
    // Who refuses one parameter that it does not know refuses the others too.
    const known = new Set(current.target.traits.refusedFields);
    const refused = target.traits.refusedFields.filter((path) => !known.has(path));
    keepsForeign &&= !refused.some(([key = ""]) => decoded.foreign.has(key));
    prepared = prepareFor(target);
    return true;
  };

  /** Sends; where AWS's refusal teaches something about the model, again in the light of it. */
  const send = async <T>(attempt: (prepared: Prepared, tries: Tries) => Promise<T>): Promise<T> => {
    for (let lessons = 0; ; lessons += 1) {
      const current = prepared;
      try {
        const noting = sentTo(context, current.target);
        if (noting) await noting;
        return await attempt(current, createTries(context.patience));
      } catch (thrown) {
        if (lessons === MAX_LESSONS || !(await learn(current, thrown))) throw thrown;
      }
    }
  };

  const received = ({ requestId }: { requestId: string | undefined }): void => {
    if (requestId) context.headers["x-amzn-requestid"] = requestId;
  };

  const whole = (signal: AbortSignal): Promise<ConverseResponse> =>
    send(async (current, tries) => {
      const { target, conversation, restore } = current;
      const reply = await bedrock.converse({ target, conversation, attachments, signal, tries });
      received(reply);
      const response = reply.value;
      hear(context.record, response);
      if (keepsReasoning(current)) memory.keep(response.output.message.content, target.modelId);
      return restoreResponse(response, restore);
    });

  const streamed = async (
    current: Prepared,
    tries: Tries,
    signal: AbortSignal,
  ): ReturnType<Ask["stream"]> => {
    const { target } = current;
    const letter = { target, conversation: current.conversation, attachments, signal, tries };
    const reply = await bedrock.converseStream(letter);
    const arrivals = await peeked(toCaller(reply.value, current, hearers));
    // It may have come with another try.
    received(reply);
    tries.commit();
    return arrivals;
  };

  return {
    target: prepared.target,
    explain() {
      const { target, conversation, streams } = prepared;
      return {
        target: placeOf(target),
        request: bedrock.explain({ target, conversation, attachments }, stream && streams),
        adjustments: context.adjustments,
      };
    },
    whole,
    async stream(signal) {
      const told = await send(async (current, tries) =>
        current.streams ? streamed(current, tries, signal) : undefined,
      );
      return told ?? peeked(atOnce(() => whole(signal)));
    },
  };
}

export const placeOf = ({ modelId, surface, region, native }: Target): Explanation["target"] => ({
  model: modelId,
  surface,
  ...(region !== undefined && { region }),
  ...(native && { host: native.host }),
});

const peeked = (batches: Batches): ReturnType<Ask["stream"]> =>
  peek(batches[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);

interface Hearers {
  memory: ReasoningMemory;
  record: CallRecord;
  /** What AWS says behind an answer is asked for. */
  lastWords: boolean;
}

/** As the caller is to read it. Not within `ask`: a stream that is open for long would keep all that was asked. */
function toCaller(
  batches: Batches,
  current: Prepared,
  { memory, record, lastWords: readsOn }: Hearers,
): Batches {
  const { target, conversation, restore } = current;
  const listen = keepsReasoning(current) ? memory.listen(target.modelId) : undefined;
  const takeDown = hearing(record);
  const restoreEvent = createEventRestorer(restore);
  const restored = mapped(batches[Symbol.asyncIterator](), {
    piece(events) {
      for (const event of events) {
        takeDown(event);
        listen?.(event);
      }
      return restoreEvent ? events.flatMap(restoreEvent) : events;
    },
  });
  if (restore.stopAt.length === 0) return restored;
  const judged = conversation.guardrailConfig !== undefined;
  return cutBatches(restored, restore.stopAt, { readsOn, judged });
}

const keepsReasoning = ({ target, conversation }: Prepared): boolean =>
  target.traits.reasoningReplay === "signed" && conversation.toolConfig !== undefined;

async function* atOnce(answer: () => Promise<ConverseResponse>): AsyncGenerator<ConverseStreamEvent[]> {
  yield asEvents(await answer());
}
