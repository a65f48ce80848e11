import type { Adjustment } from "../adjustments.ts";
import type { AwsRequest } from "../bedrock/surfaces/surface.ts";
import type { Target } from "../bedrock/models/target.ts";
import type { CallContext } from "../context.ts";
import { asEvents } from "../conversation/as-events.ts";
import { restoreResponse } from "../conversation/restore.ts";
import { createEventRestorer } from "../conversation/restore-events.ts";
import { cutBatches } from "../conversation/stop-batches.ts";
import type { ConverseResponse, ConverseStreamEvent, Usage } from "../conversation/types.ts";
import type { Decoded } from "./decoded.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../flow/peek.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { count, tokensIn } from "../record/count.ts";
import { refuseLossy } from "../reception/refuse-lossy.ts";

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
  let keepsForeign = true;

  const prepareFor = (target: Target): Prepared => {
    const made = prepare(decoded, target, { memory, stream, keepsForeign });
    if (rejects) refuseLossy(made.adjustments);
    context.adjustments.length = 0;
    for (const note of made.adjustments) context.adjustments.push(note);
    return made;
  };

  let prepared = prepareFor(asked.instead ?? asked);

  /** Takes a refusal as a lesson; false where it is none. */
  const learn = (current: Prepared, thrown: unknown): boolean => {
    // Of several choices another one has learnt meanwhile.
    if (prepared !== current) return true;
    const target = rejects ? undefined : bedrock.learn(current.target, current.conversation, thrown);
    if (!target) return false;
    // Who refuses one parameter that it does not know refuses the others too.
    const known = new Set(current.target.traits.refusedFields);
    const refused = target.traits.refusedFields.filter((path) => !known.has(path));
    keepsForeign &&= !refused.some(([key = ""]) => decoded.foreign.has(key));
    prepared = prepareFor(target);
    return true;
  };

  /** Sends; where AWS's refusal teaches something about the model, again in the light of it. */
  const send = async <T>(attempt: (prepared: Prepared) => Promise<T>): Promise<T> => {
    for (let lessons = 0; ; lessons += 1) {
      const current = prepared;
      try {
        return await attempt(current);
      } catch (thrown) {
        if (lessons === MAX_LESSONS || !learn(current, thrown)) throw thrown;
      }
    }
  };

  const received = <T>({ requestId, value }: { requestId: string | undefined; value: T }): T => {
    if (requestId) context.headers["x-amzn-requestid"] = requestId;
    return value;
  };
  const counted = (usage: Usage | undefined): void => usage && count(context.record, tokensIn(usage));

  const whole = (signal: AbortSignal): Promise<ConverseResponse> =>
    send(async (current) => {
      const { target, conversation, restore } = current;
      const response = received(await bedrock.converse({ target, conversation, attachments, signal }));
      counted(response.usage);
      if (keepsReasoning(current)) memory.keep(response.output.message.content, target.modelId);
      return restoreResponse(response, restore);
    });

  const streamed = async (current: Prepared, signal: AbortSignal): Promise<Batches> => {
    const { target, conversation, restore } = current;
    const batches = received(await bedrock.converseStream({ target, conversation, attachments, signal }));
    const listen = keepsReasoning(current) ? memory.listen(target.modelId) : undefined;
    const heard = overheard(batches, (event) => {
      context.record.firstTokenAt ??= performance.now();
      counted(event.metadata?.usage);
      listen?.(event);
    });
    const toCaller = createEventRestorer(restore);
    const restored = toCaller ? mapBatches(heard, toCaller) : heard;
    if (restore.stopAt.length === 0) return restored;
    const judged = conversation.guardrailConfig !== undefined;
    return cutBatches(restored, restore.stopAt, { readsOn: decoded.lastWords, judged });
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
      const told = await send(async (current) =>
        current.streams ? peeked(await streamed(current, signal)) : undefined,
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

const keepsReasoning = ({ target, conversation }: Prepared): boolean =>
  target.traits.reasoningReplay === "signed" && conversation.toolConfig !== undefined;

async function* atOnce(answer: () => Promise<ConverseResponse>): AsyncGenerator<ConverseStreamEvent[]> {
  yield asEvents(await answer());
}

async function* overheard(
  batches: Batches,
  listen: (event: ConverseStreamEvent) => void,
): AsyncGenerator<ConverseStreamEvent[]> {
  for await (const batch of batches) {
    for (const event of batch) listen(event);
    yield batch;
  }
}

async function* mapBatches<T>(batches: AsyncIterable<T[]>, map: (item: T) => T[]): AsyncGenerator<T[]> {
  for await (const batch of batches) yield batch.flatMap(map);
}
