import type { Adjustment } from "../../adjustments.ts";
import type { NativeLetter } from "../../bedrock/surfaces/forward.ts";
import type { CallContext } from "../../context.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../../flow/peek.ts";
import { sentTo } from "../../flow/sent-to.ts";
import { isHistory } from "../is-history.ts";
import { refuseLossy } from "../../reception/refuse-lossy.ts";
import { createTries } from "../../tries.ts";
import { type Explanation, placeOf } from "../ask.ts";

/** A request that AWS takes in the caller's own protocol. */
export interface AsItCame {
  letter: NativeLetter;
  /** What of it is changed all the same. */
  adjustments: readonly Adjustment[];
  /** What can have been refused of it, by the caller's names. */
  asked: JsonObject;
}

/**
 * What `send` makes of it, or what would be sent where that is asked; undefined where AWS refused something that another way to
 * the model may take.
 */
export async function asItCame<T>(
  context: CallContext,
  { letter, adjustments, asked }: AsItCame,
  send: () => Promise<T>,
): Promise<T | { explanation: Explanation } | undefined> {
  const { bedrock, options } = context;
  const { target, api } = letter;
  if (options.unsupported === "reject") refuseLossy(adjustments, isHistory);
  const tell = (): void => void context.adjustments.push(...adjustments);
  if (context.explain) {
    tell();
    return {
      explanation: { target: placeOf(target), request: bedrock.explainNative(letter), adjustments },
    };
  }
  try {
    await sentTo(context, target);
    const answer = await send();
    tell();
    return answer;
  } catch (thrown) {
    if (bedrock.refuses({ target, api, asked }, thrown)) return undefined;
    throw thrown;
  }
}

/** The JSON text of a whole answer. */
export async function forwarded(context: CallContext, letter: NativeLetter): Promise<string> {
  const { bedrock, patience, signal } = context;
  const { requestId, value } = await bedrock.forward(letter, { signal, tries: createTries(patience) });
  keepRequestId(context, requestId);
  return value;
}

/** The JSON texts of a streamed one, grouped as they arrived. Rejects where the first is a refusal that comes in time. */
export async function forwardedStream(
  context: CallContext,
  letter: NativeLetter,
): Promise<AsyncIterator<string[], unknown, undefined>> {
  const { bedrock, patience, signal } = context;
  const tries = createTries(patience);
  const reply = await bedrock.forwardStream(letter, { signal, tries });
  const arrivals = await peek(reply.value[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
  // It may have come with another try.
  keepRequestId(context, reply.requestId);
  tries.commit();
  return arrivals;
}

function keepRequestId({ headers }: CallContext, requestId: string | undefined): void {
  if (requestId) headers["x-amzn-requestid"] = requestId;
}
