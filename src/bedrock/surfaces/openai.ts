import { parseExact } from "../../conversation/exact-json.ts";
import type { ConverseStreamEvent, JsonObject } from "../../conversation/types.ts";
import type { Courier, Delivery } from "../courier.ts";
import { fromAwsError, toStreamFailure } from "../errors.ts";
import type { Target } from "../models/target.ts";
import { readText } from "../read-text.ts";
import { readSse } from "../read-sse.ts";
import { asWritten, toBytes } from "../to-bytes.ts";
import { createNativeDecoder } from "./native-decoder.ts";
import { toConverseResponse } from "./native-answer.ts";
import { withTextDocuments } from "./text-documents.ts";
import type { Letter, Surface } from "./surface.ts";

/** Anthropic's own version of the protocol, which the body names on InvokeModel. */
const MESSAGES_HEADERS = { "anthropic-version": "2023-06-01" };

/** AWS's native endpoints, for what did not come in their own protocol: the conversation by the target's dialect. */
export function createOpenAISurface(courier: Courier): Surface {
  const send = async (letter: Letter, stream: boolean): Promise<Delivery> => {
    const { target, attachments, signal } = letter;
    try {
      return await courier({
        operation: "InvokeModel",
        modelId: target.modelId,
        region: target.region,
        to: { host: target.native!.host, method: "POST", path: pathOf(target) },
        headers: headersOf(target),
        body: toBytes(bodyOf(letter, stream), attachments),
        signal,
      });
    } catch (thrown) {
      throw fromAwsError(thrown, target.modelId);
    }
  };

  return {
    explain: (letter, stream) => ({
      method: "POST",
      path: pathOf(letter.target),
      headers: headersOf(letter.target),
      body: asWritten(bodyOf(letter, stream), letter.attachments),
    }),
    async converse(letter) {
      const { requestId, headers, body } = await send(letter, false);
      try {
        return { requestId, value: toConverseResponse(parseExact(await readText(body)), headers, letter) };
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
    async converseStream(letter) {
      const { requestId, body } = await send(letter, true);
      return { requestId, value: readEvents(body, letter) };
    },
  };
}

const speaksMessages = ({ native }: Target): boolean => native!.path === "/anthropic/v1";

const pathOf = (target: Target): string =>
  target.native!.path + (speaksMessages(target) ? "/messages" : "/chat/completions");

const headersOf = (target: Target): Record<string, string> =>
  speaksMessages(target) ? MESSAGES_HEADERS : {};

function bodyOf({ target, conversation, attachments }: Omit<Letter, "signal">, stream: boolean): JsonObject {
  const native = target.dialect!.toBody(withTextDocuments(conversation, attachments), stream);
  const { anthropic_version: _, ...body } = native;
  return { model: target.modelId, ...body, ...(stream && { stream: true }) };
}

async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  { target, conversation }: Letter,
): AsyncGenerator<ConverseStreamEvent[], void, undefined> {
  const native = createNativeDecoder(target.dialect!, conversation);
  try {
    for await (const data of readSse(body)) {
      const events: ConverseStreamEvent[] = [];
      for (const each of data) if (each !== "[DONE]") native.chunk(JSON.parse(each) as JsonObject, events);
      if (events.length > 0) yield events;
    }
    const last: ConverseStreamEvent[] = [];
    if (!native.end(last)) throw new Error("The stream ended before the answer did.");
    yield last;
  } catch (error) {
    throw toStreamFailure(error, target.modelId);
  }
}
