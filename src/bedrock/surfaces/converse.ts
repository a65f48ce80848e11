import type { Conversation, ConverseResponse } from "../../conversation/types.ts";
import { isResponse } from "../../conversation/well-formed.ts";
import type { Courier } from "../courier/courier.ts";
import { fromAwsError } from "../errors/errors.ts";
import { readText } from "../courier/read-text.ts";
import { toWireEvents, toWireJson } from "../courier/sdk-output.ts";
import { readConverseEvents } from "../courier/stream-events.ts";
import { asWritten, toBytes } from "../courier/to-bytes.ts";
import { emptyResponse, parseAnswer } from "./empty-response.ts";
import type { Letter, Surface } from "./surface.ts";

/** The conversation goes as it is, the answer comes back as it is. */
export function createConverseSurface(courier: Courier): Surface {
  return {
    explain: ({ target, conversation, attachments }, stream) => ({
      method: "POST",
      path: `/model/${encodeURIComponent(target.modelId)}/${stream ? "converse-stream" : "converse"}`,
      body: asWritten(bodyOf(conversation, stream), attachments),
    }),
    async converse(letter) {
      const { modelId } = letter.target;
      try {
        const { requestId, body, output } = await courier({
          operation: "Converse",
          ...toParcel(letter, false),
        });
        const value: unknown = output ? toWireJson(output) : parseAnswer(await readText(body), modelId);
        return { requestId, value: withMessage(value, modelId) };
      } catch (thrown) {
        throw fromAwsError(thrown, modelId);
      }
    },
    async converseStream(letter) {
      const { modelId } = letter.target;
      try {
        const parcel = toParcel(letter, true);
        const { requestId, body, output } = await courier({ operation: "ConverseStream", ...parcel });
        return { requestId, value: output ? toWireEvents(output) : readConverseEvents(body, modelId) };
      } catch (thrown) {
        throw fromAwsError(thrown, modelId);
      }
    },
  };
}

const toParcel = ({ target, conversation, attachments, signal, tries }: Letter, stream: boolean) => ({
  modelId: target.modelId,
  region: target.region,
  account: target.account,
  body: toBytes(bodyOf(conversation, stream), attachments),
  signal,
  tries,
});

/** How a guardrail works on a stream is a word that only ConverseStream knows. */
export function bodyOf(conversation: Conversation, stream: boolean): Conversation {
  const { streamProcessingMode: mode, ...guardrailConfig } = conversation.guardrailConfig ?? {};
  return mode === undefined || stream ? conversation : { ...conversation, guardrailConfig };
}

/** A 200 without an answer is a failure, however well formed. */
export function withMessage(value: unknown, model: string): ConverseResponse {
  if (isResponse(value)) return value;
  throw emptyResponse(model);
}
