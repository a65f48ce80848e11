import type { CallContext } from "../../../context.ts";
import { invalidRequest } from "../../../errors.ts";
import { eventStreamResponse } from "../../../http/sse.ts";
import { askedBy } from "../shown.ts";
import type { StoredResponse } from "../state/stored-response.ts";
import { toldFrames } from "./told-frames.ts";

/** Whether a URL asks for events: `?stream=true`. */
export const asksForEvents = ({ url }: Pick<Request, "url">): boolean =>
  new URL(url).searchParams.get("stream") === "true";

/**
 * `GET /responses/{id}?stream=true`: the events of a kept response, from the beginning or behind `starting_after`, until its end.
 * @throws BedrockOpenAIError 400 for a `starting_after` that is no number of an event.
 */
export function replayResponse(context: CallContext, { response: { id } }: StoredResponse): Response {
  const after = startingAfter(context.request);
  const asked = askedBy(context.request);
  const { signal } = context;
  const frames = toldFrames(context, context.store!, id, { after, signal, asked });
  return eventStreamResponse(released(frames, context), context.abort);
}

function startingAfter({ url }: Pick<Request, "url">): number {
  const given = new URL(url).searchParams.get("starting_after");
  if (given === null || given === "") return -1;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw invalidRequest(
    `Invalid type for 'starting_after': expected the sequence number of an event, but got '${given.slice(0, 100)}' instead.`,
    { code: "invalid_type", param: "starting_after" },
  );
}

async function* released(
  frames: AsyncIterable<string>,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  try {
    yield* frames;
  } finally {
    context.release();
  }
}
