import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { OperationCall } from "../bedrock/operations.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { attempts } from "../flow/attempts.ts";
import { explainAll, operate, operateAll, settle } from "../flow/calls.ts";
import { NO_ATTACHMENTS } from "../http/attachments.ts";
import { jsonResponse } from "../http/json.ts";
import { decodeInvokeSettings } from "../reception/invoke-settings.ts";
import { createNotes } from "../reception/notes.ts";
import { wrongModel } from "../reception/wrong-model.ts";
import { collected } from "./collected.ts";
import { encode } from "./encode.ts";
import { imageFamilyOf } from "./families.ts";
import type { ImageEndpoint, MadeImages } from "./family.ts";
import { readAnswer } from "./read-answer.ts";
import { receiveImageRequest } from "./receive.ts";
import { drawSeed } from "./seeds.ts";
import { streamImages } from "./stream.ts";
import { type ReceivedImages, toTask } from "./task.ts";

/** The three endpoints, which differ in what a request without a task of its own means. Source: OpenAI API reference. */
const imageEndpoint =
  (endpoint: ImageEndpoint) =>
  async (context: CallContext): Promise<Response> => {
    const received = await receiveImageRequest(context, endpoint);
    const { request } = received;
    const stream = request.stream === true;
    Object.assign(context.record, { operation: "image_generation", request, stream });
    return attempts(context, request, async (asked, attempt) =>
      answer(attempt, received, endpoint, await prepare(attempt, received, endpoint, asked)),
    );
  };

async function answer(
  context: CallContext,
  { request }: ReceivedImages,
  endpoint: ImageEndpoint,
  { calls, read }: Prepared,
): Promise<Response> {
  if (context.explain) return explainAll(context, calls);
  if (request.stream) {
    const make = async (call: number, stop: AbortSignal): Promise<MadeImages> => {
      const { requestId, value } = await operate(context, calls[call]!, stop, ({ text }) => read(text, call));
      if (requestId) context.headers["x-amzn-requestid"] ??= requestId;
      return value;
    };
    return streamImages(context, calls.length, make, endpoint);
  }
  const made = await operateAll(context, calls, ({ text }, call) => read(text, call));
  const images = collected(made, context);
  return jsonResponse(await encode(images, context.now(), request.response_format ?? "b64_json"));
}

interface Prepared {
  calls: OperationCall[];
  /** The pictures in the answer to one of the calls. */
  read(answer: string, call: number): MadeImages;
}

/** All that is done before AWS is called. @throws BedrockOpenAIError 400 for what cannot be done. */
async function prepare(
  context: CallContext,
  received: ReceivedImages,
  endpoint: ImageEndpoint,
  asked: AskedModel,
): Promise<Prepared> {
  const place = await context.bedrock.locate(asked, context.signal);
  const family = imageFamilyOf(place.family);
  if (!family) throw wrongModel(place, "images");

  const notes = createNotes();
  const task = toTask(received, endpoint, family, notes);
  const headers = invokeHeaders(decodeInvokeSettings(received.request, notes));
  const calls = await family.toCalls(task, { family: place.family, drawSeed, notes });
  settle(context, notes.adjustments);
  return {
    calls: calls.map(({ body }) => ({ place, headers, body, attachments: NO_ATTACHMENTS })),
    read: (answer, call) => readAnswer(answer, family, calls[call]!, place.modelId),
  };
}

/** `POST /images/generations`: pictures from words. */
export const generateImages = imageEndpoint("generations");

/** `POST /images/edits`: pictures from pictures and words, JSON or a form. */
export const editImages = imageEndpoint("edits");

/** `POST /images/variations`: pictures from a picture. */
export const varyImages = imageEndpoint("variations");
