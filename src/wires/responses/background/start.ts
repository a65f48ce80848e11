import type { CallContext } from "../../../context.ts";
import { callerLeft } from "../../../errors.ts";
import { jsonResponse } from "../../../http/json.ts";
import { eventStreamResponse } from "../../../http/sse.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import type { AskedResponse } from "../asked.ts";
import type { ResponseHead } from "../medium.ts";
import { createResponseFrames } from "../frames.ts";
import { openResponse } from "../reply/opening.ts";
import { showEvent } from "../shown.ts";
import { hostWaitUntil } from "./host.ts";
import { hold, takePlace } from "./open-runs.ts";
import { recordsOf } from "./records.ts";
import { refuseImpossible } from "./refuse-impossible.ts";
import { rehearse } from "./rehearse.ts";
import { run } from "./run.ts";
import { toldFrames } from "./told-frames.ts";

/** How long events are gathered, in milliseconds: where somebody reads along, and where they may be read one day. */
const EVERY = { read: 100, kept: 1_000 };

/**
 * Promises a response, and makes it after its caller was answered: `background: true`. What can be known of a request before it
 * is sent is found wanting here. The call's limits and record end with the work.
 * @throws BedrockOpenAIError 400 for a response that is not to be kept, or a process that stops with its answer; 429; 503.
 */
export async function startInBackground(
  context: CallContext,
  asked: AskedResponse,
  head: ResponseHead,
): Promise<Response> {
  const store = refuseImpossible(context, asked.request);
  takePlace(context, store);
  const { model, acting } = await rehearse(context, asked, head);
  const { id } = head;
  const queued: ResponseObject = { ...openResponse(asked.request, { ...head, model }), status: "queued" };
  const followers = new Set<() => void>();
  const onKept = (): void => {
    for (const follower of followers) follower();
  };
  const every = head.stream ? EVERY.read : EVERY.kept;
  const records = await recordsOf(context, store, { asked, id, every, onKept });
  context.signal.throwIfAborted();
  const promise: ResponseEvent[] = [
    { type: "response.created", response: queued },
    { type: "response.queued", response: queued },
  ];
  await records.open(queued, promise);
  if (context.signal.aborted) {
    // Nobody knows its name.
    await records.forget(queued);
    throw context.signal.reason;
  }
  detach(context);
  const { stop, done } = run(acting, asked, queued, records);
  await hold(context, store, id, { stop, done, followers });
  (context.options.waitUntil ?? hostWaitUntil())?.(done);
  if (!head.stream) return jsonResponse(queued);
  const reading = new AbortController();
  const { signal } = reading;
  const after = promise.length - 1;
  const frames = toldFrames(context, store, id, { after, signal, asked: asked.request });
  const promised = createResponseFrames()(promise.map(showEvent(asked.request)));
  return eventStreamResponse(behind(promised, frames), (reason) => reading.abort(reason));
}

/** What was promised is told without the store: whoever knows the id can come back, whatever becomes of this stream. */
async function* behind(
  promised: string,
  frames: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  yield promised;
  yield* frames;
}

/** The caller may leave now; a host that runs out of time stops the work all the same. */
function detach(context: CallContext): void {
  const { signal } = context.request;
  const follow = (): void => {
    if (!callerLeft(signal)) context.abort(signal.reason);
  };
  context.goesOn = true;
  context.detach();
  signal.addEventListener("abort", follow, { once: true });
  context.atEnd(() => signal.removeEventListener("abort", follow));
}
