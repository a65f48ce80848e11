import type { CallContext } from "../context.ts";
import { failureFrame } from "../flow/failure-frame.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../flow/peek.ts";
import { AT_ONCE, togetherStreamed } from "../flow/together.ts";
import { eventStreamResponse } from "../http/sse.ts";
import { encodeEvent } from "./encode.ts";
import type { ImageEndpoint, MadeImages } from "./family.ts";
import { contentPolicyViolation } from "./refusals.ts";

type Make = (call: number, stop: AbortSignal) => Promise<MadeImages>;

/**
 * An event for each picture when it is there; never half a picture. What fails within the first seconds is still an HTTP
 * status, what fails later a last frame. A picture that a filter held back fails the stream after the others.
 * @param make The pictures of one of `count` calls.
 */
export async function streamImages(
  context: CallContext,
  count: number,
  make: Make,
  endpoint: ImageEndpoint,
): Promise<Response> {
  const events = await peek(toEvents(context, count, make, endpoint), FIRST_EVENT_GRACE_MS);
  return eventStreamResponse(toFrames(events, context), context.abort);
}

async function* toEvents(
  context: CallContext,
  count: number,
  make: Make,
  endpoint: ImageEndpoint,
): AsyncGenerator<string, void, undefined> {
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const open = async (stop: AbortSignal, call: number): Promise<AsyncGenerator<MadeImages>> =>
    once(() => make(call, stop));
  let held: string | undefined;
  try {
    for await (const [, { images, withheld }] of await togetherStreamed(count, signal, open, AT_ONCE)) {
      for (const image of images) yield await encodeEvent(image, context.now(), endpoint);
      held ??= withheld;
    }
  } finally {
    // Whoever is still being made has no reader.
    over.abort();
  }
  if (held !== undefined) throw contentPolicyViolation(held);
}

async function* once<T>(make: () => Promise<T>): AsyncGenerator<T, void, undefined> {
  yield await make();
}

/** A failure becomes the last frame. OpenAI's image streams have no `[DONE]`. */
async function* toFrames(
  events: AsyncIterator<string, unknown, undefined>,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const event of { [Symbol.asyncIterator]: () => events }) yield event;
  } catch (thrown) {
    yield failureFrame(thrown, context);
  } finally {
    context.release();
  }
}
