import type { OperationAnswer, OperationCall } from "../bedrock/operations.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { explainAll, operateAll, settle } from "../flow/calls.ts";
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
import { toTask } from "./task.ts";

/**
 * `POST /images/generations`, `/images/edits` and `/images/variations`. Source: OpenAI API reference, "Images".
 * @param draw Where seeds come from that nobody chose.
 */
export const imageEndpoint =
  (endpoint: ImageEndpoint, draw = drawSeed) =>
  async (context: CallContext): Promise<Response> => {
    const { bedrock, signal } = context;
    const received = await receiveImageRequest(context, endpoint);
    const { request } = received;
    const place = await bedrock.locate(
      { model: request.model, modelId: request.model_id ?? undefined },
      signal,
    );
    const family = imageFamilyOf(place.family);
    if (!family) throw wrongModel(place, "images");

    const notes = createNotes();
    const task = toTask(received, endpoint, family, notes);
    const headers = invokeHeaders(decodeInvokeSettings(request, notes));
    const imageCalls = await family.toCalls(task, { family: place.family, drawSeed: draw, notes });
    settle(context, notes.adjustments);
    const calls = imageCalls.map(({ body }): OperationCall => ({
      place,
      headers,
      body,
      attachments: NO_ATTACHMENTS,
    }));
    if (context.explain) return explainAll(context, calls);

    const read = ({ text }: OperationAnswer, call: number): MadeImages =>
      readAnswer(text, family, imageCalls[call]!, place.modelId);
    if (request.stream) {
      const make = async (call: number, stop: AbortSignal): Promise<MadeImages> =>
        read(await bedrock.operate(calls[call]!, stop), call);
      return streamImages(context, calls.length, make, endpoint);
    }
    const images = collected((await operateAll(context, calls)).map(read), context);
    return jsonResponse(await encode(images, context.now(), request.response_format ?? "b64_json"));
  };

export const generateImages = imageEndpoint("generations");
export const editImages = imageEndpoint("edits");
export const varyImages = imageEndpoint("variations");
