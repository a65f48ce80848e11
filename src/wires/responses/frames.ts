import type { CallContext } from "../../context.ts";
import { streamFailure } from "../../flow/stream-failure.ts";
import { isCreated, isTextDelta, type ResponseEvent, type TextDelta } from "../../openai/responses/events.ts";
import type { ResponseObject } from "../../openai/responses/response.ts";
import { quoted } from "../reply/quoted.ts";
import { failureEvents } from "./failure.ts";

/** Writes events as SSE text. OpenAI sends no `[DONE]` on this wire. */
export type WriteFrames = (events: readonly ResponseEvent[]) => string;

/** @param first The number of the first event; they are counted from 0. */
export function createResponseFrames(first = 0): WriteFrames {
  const delta = createDeltaFrames();
  let next = first;
  return (events) => {
    let frames = "";
    for (const event of events) {
      frames += `${delta(event) ?? frame(event)},"sequence_number":${next}}\n\n`;
      next += 1;
    }
    return frames;
  };
}

const frame = (event: ResponseEvent): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event).slice(0, -1)}`;

/** What is the same in all pieces of a text is put together once. */
function createDeltaFrames(): (event: ResponseEvent) => string | undefined {
  let item: string | undefined;
  let before = "";
  return (event) => {
    if (!isTextDelta(event) || !isPlain(event)) return undefined;
    if (event.item_id !== item || event.content_index !== 0) {
      const { delta: _, logprobs: __, ...place } = event;
      before = `${frame(place as ResponseEvent)},"logprobs":[],"delta":`;
      item = event.content_index === 0 ? event.item_id : undefined;
    }
    return before + quoted(event.delta);
  };
}

/** AWS's own hosts may say more beside a text. */
const isPlain = (event: TextDelta): boolean =>
  Array.isArray(event.logprobs) && event.logprobs.length === 0 && Object.keys(event).length === 6;

/**
 * One piece of text per arrival. The call is over with it.
 * @param show How events are told.
 */
export async function* toResponseFrames(
  events: AsyncIterable<ResponseEvent[]>,
  context: CallContext,
  show: (event: ResponseEvent) => ResponseEvent = (event) => event,
): AsyncGenerator<string, void, undefined> {
  const write = createResponseFrames();
  let created: ResponseObject | undefined;
  try {
    for await (const arrived of events) {
      created ??= arrived.find(isCreated)?.response;
      const frames = write(arrived.map(show));
      if (frames !== "") yield frames;
    }
  } catch (thrown) {
    // Failures are events; whatever is thrown all the same must not look like an end.
    const error = streamFailure(thrown, context);
    if (!created) throw error;
    yield write(failureEvents(error, created));
  } finally {
    context.release();
  }
}
