import type { CallContext } from "../../context.ts";
import { inTime, late } from "../../flow/late.ts";
import { jsonResponse } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { answerResponse } from "./answer.ts";
import type { AskedResponse } from "./asked.ts";
import { refuseImpossible } from "./background/refuse-impossible.ts";
import { startInBackground } from "./background/start.ts";
import { toResponseFrames } from "./frames.ts";
import { failedBefore } from "./failed-before.ts";
import type { ResponseAnswer, ResponseHead } from "./medium.ts";
import { readAsked } from "./read-asked.ts";
import { showEvent, shownResponse } from "./shown.ts";
import { keeping } from "./state/keep.ts";
import { readyToKeep } from "./state/keeps.ts";

/** `POST /responses`. Source: OpenAI API reference, "Create a model response". */
export async function createResponse(context: CallContext): Promise<Response> {
  const head: Omit<ResponseHead, "stream"> = { id: context.newId("resp_"), createdAt: context.now() };
  const asked = await readAsked(context, head.id);
  const { request } = asked;
  Object.assign(context.record, { operation: "chat", request, stream: request.stream === true });
  const { stream } = context.record;
  await readyToKeep(context, request);
  if (request.background && context.explain) refuseImpossible(context, request);
  if (request.background && !context.explain) return startInBackground(context, asked, { ...head, stream });
  const answering = answerResponse(context, asked, { ...head, stream }).then((answer) =>
    keeping(context, asked, answer),
  );
  const isStream = stream && !context.explain;
  const answer = isStream ? await inTime(answering) : await answering;
  if (answer) return toResponse(answer, asked, context);
  const frames = answering.then((found) => ({ stream: framesOf(found, asked, context) }));
  // Whoever reads meets the rejection; a caller who has left does not.
  frames.catch(() => undefined);
  return eventStreamResponse(late(frames, context, failedBefore(request, head)), context.abort);
}

function toResponse(answer: ResponseAnswer, asked: AskedResponse, context: CallContext): Response {
  if ("explanation" in answer) return jsonResponse(answer.explanation);
  if ("response" in answer) return jsonResponse(shownResponse(answer.response, asked.request));
  return eventStreamResponse(framesOf(answer, asked, context), context.abort);
}

/** Of an answer that was asked for as a stream. */
const framesOf = (
  answer: ResponseAnswer,
  { request }: AskedResponse,
  context: CallContext,
): AsyncGenerator<string, void, undefined> =>
  toResponseFrames((answer as Streamed).events, context, showEvent(request));

type Streamed = Extract<ResponseAnswer, { events: unknown }>;
