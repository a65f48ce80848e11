import type { JsonObject } from "../../conversation/types.ts";
import type { Courier } from "../courier/courier.ts";
import type { Delivery } from "../courier/parcel.ts";
import { fromAwsError } from "../errors/errors.ts";
import { answerText } from "../courier/read-text.ts";
import { readStreamEvents, type EventDecoder } from "../courier/stream-events.ts";
import { payloadOf } from "../courier/event-stream.ts";
import { asWritten, toBytes } from "../courier/to-bytes.ts";
import { parseAnswer } from "./empty-response.ts";
import { createNativeDecoder } from "./native-decoder.ts";
import { invokeHeaders } from "./invoke-headers.ts";
import { toConverseResponse } from "./native-answer.ts";
import { withTextDocuments } from "./text-documents.ts";
import type { Letter, Surface, Unsent } from "./surface.ts";
import type { WhenReady } from "./when-ready.ts";

/** InvokeModel: the conversation in the model's own words, by the target's dialect. */
export function createInvokeSurface(courier: Courier, whenReady: WhenReady): Surface {
  const send = async (letter: Letter, stream: boolean): Promise<Delivery> => {
    const { target, conversation, attachments, signal, tries } = letter;
    const parcel = {
      operation: stream ? "InvokeModelWithResponseStream" : "InvokeModel",
      modelId: target.modelId,
      region: target.region,
      account: target.account,
      headers: invokeHeaders(conversation),
      body: toBytes(bodyOf(letter, stream), attachments),
      signal,
      tries,
    } as const;
    try {
      return await (tries.waits ? whenReady(() => courier(parcel), signal) : courier(parcel));
    } catch (thrown) {
      throw fromAwsError(thrown, target.modelId);
    }
  };

  return {
    explain: (letter, stream) => ({
      method: "POST",
      path: `/model/${encodeURIComponent(letter.target.modelId)}/${stream ? "invoke-with-response-stream" : "invoke"}`,
      headers: invokeHeaders(letter.conversation),
      body: asWritten(bodyOf(letter, stream), letter.attachments),
    }),
    async converse(letter) {
      const delivery = await send(letter, false);
      const { requestId, headers } = delivery;
      try {
        const value = parseAnswer(await answerText(delivery), letter.target.modelId);
        return { requestId, value: toConverseResponse(value, headers, letter) };
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
    async converseStream(letter) {
      const { requestId, body } = await send(letter, true);
      return { requestId, value: readStreamEvents(body, letter.target.modelId, createChunkDecoder(letter)) };
    },
  };
}

const bodyOf = ({ target, conversation, attachments }: Unsent, stream: boolean): JsonObject =>
  target.dialect!.toBody(withTextDocuments(conversation, attachments), stream);

/** Frames of InvokeModelWithResponseStream: native JSON in base64. */
function createChunkDecoder({ target, conversation }: Letter): EventDecoder {
  const native = createNativeDecoder(target.dialect!, conversation);
  return {
    decode(type, frame, events) {
      if (type !== "chunk") return;
      const { bytes } = JSON.parse(payloadOf(frame)) as { bytes: string };
      native.chunk(JSON.parse(Buffer.from(bytes, "base64").toString("utf8")) as JsonObject, events);
    },
    end: (events) => native.end(events),
  };
}
