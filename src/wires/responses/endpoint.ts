import type { CallContext } from "../../context.ts";
import { inTime, late } from "../../flow/late.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import { responsesRequest, responsesRequestShape } from "../../openai/responses/request.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { answerResponse } from "./answer.ts";
import type { AskedResponse } from "./asked.ts";
import { startInBackground } from "./background/start.ts";
import { toResponseFrames } from "./frames.ts";
import { failedBefore } from "./failed-before.ts";
import type { ResponseAnswer, ResponseHead } from "./medium.ts";
import { showEvent, shownResponse } from "./reply/shown.ts";
import { filesIn } from "./request/files-in.ts";
import { keeping } from "./state/keep.ts";
import { keptRequest } from "./state/keeps.ts";
import { standOn } from "./state/standing.ts";

/** `POST /responses`. Source: OpenAI API reference, "Create a model response". */
export async function createResponse(context: CallContext): Promise<Response> {
  const head: Omit<ResponseHead, "stream"> = { id: context.newId("resp_"), createdAt: context.now() };
  const asked = await readAsked(context, head.id);
  const { request } = asked;
  const { stream } = context.record;
  if (request.background && !context.explain) return startInBackground(context, asked, { ...head, stream });
  const answering = answerResponse(context, asked, { ...head, stream }).then((answer) =>
    keeping(context, asked, answer),
  );
  const isStream = stream && !context.explain;
  const answer = isStream ? await inTime(answering) : await answering;
  if (answer) return toResponse(answer, asked, context);
  const frames = answering.then((found) => ({ stream: framesOf(found, asked, context) }));
  return eventStreamResponse(late(frames, context, failedBefore(request, head)), context.abort);
}

async function readAsked(context: CallContext, id: string): Promise<AskedResponse> {
  const { options, request: received, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(received, limits, filesIn);
  const said = withNativeHeaders(withoutAccess(flattened(value), context), received.headers);
  const body = withDefaults(said, context, responsesRequestShape.shape);
  const request = keptRequest(context, parseRequest(responsesRequest, body));
  Object.assign(context.record, { operation: "chat", request, stream: request.stream === true });
  return { request, ...(await standOn(context, request, id)), attachments };
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
