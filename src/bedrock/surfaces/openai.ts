import type { ConverseStreamEvent, JsonObject } from "../../conversation/types.ts";
import type { Courier } from "../courier/courier.ts";
import type { Delivery } from "../courier/parcel.ts";
import { fromAwsError, toStreamFailure } from "../errors/errors.ts";
import type { Target } from "../models/target.ts";
import { readText } from "../courier/read-text.ts";
import { readSse } from "../courier/read-sse.ts";
import type { NativeApi } from "../models/native-models.ts";
import { invalidRequest } from "../../errors.ts";
import { asWritten, toBytes } from "../courier/to-bytes.ts";
import { invokeHeaders } from "./invoke-headers.ts";
import { createNativePoster } from "./native-post.ts";
import { parseAnswer } from "./empty-response.ts";
import { createNativeDecoder, type NativeDecoder } from "./native-decoder.ts";
import { toConverseResponse } from "./native-answer.ts";
import { withTextDocuments } from "./text-documents.ts";
import type { Letter, Surface, Unsent } from "./surface.ts";

/** Anthropic's own version of the protocol, which the body names on InvokeModel. */
const MESSAGES_HEADERS = { "anthropic-version": "2023-06-01" };

/** AWS's native endpoints, for what did not come in their own protocol: the conversation by the target's dialect. */
export function createOpenAISurface(courier: Courier): Surface {
  const poster = createNativePoster(courier);
  const send = (letter: Letter, stream: boolean): Promise<Delivery> => {
    const { target, attachments, signal, tries } = letter;
    const body = toBytes(bodyOf(letter, stream), attachments);
    return poster.send({ target, api: apiOf(target), headers: headersOf(letter), body, signal, tries });
  };

  return {
    explain: (letter, stream) => ({
      method: "POST",
      path: poster.pathOf(letter.target, apiOf(letter.target)),
      headers: headersOf(letter),
      body: asWritten(bodyOf(letter, stream), letter.attachments),
    }),
    async converse(letter) {
      const { requestId, headers, body } = await send(letter, false);
      try {
        return {
          requestId,
          value: toConverseResponse(
            parseAnswer(await readText(body), letter.target.modelId),
            headers,
            letter,
          ),
        };
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

const apiOf = ({ native }: Target): NativeApi => (native!.path === "/anthropic/v1" ? "messages" : "chat");

/** @throws BedrockOpenAIError 400 for a guardrail where AWS would silently not enforce it. */
function headersOf({ target, conversation: { guardrailConfig } }: Unsent): Record<string, string> {
  const version = apiOf(target) === "messages" ? MESSAGES_HEADERS : {};
  if (!guardrailConfig) return version;
  if (target.native!.host === "runtime" && apiOf(target) === "chat")
    return invokeHeaders({ guardrailConfig });
  throw invalidRequest(
    `Unsupported parameter: 'guardrailConfig' is not supported with this model. AWS does not enforce guardrails where ` +
      `'${target.modelId}' is served, so nothing was sent.`,
    { code: "unsupported_parameter", param: "guardrailConfig" },
  );
}

/** What Chat Completions has beside the dialect's words, which InvokeModel takes in headers. */
const tierOf = ({ target, conversation: { serviceTier } }: Unsent): JsonObject =>
  apiOf(target) === "chat" && serviceTier && serviceTier.type !== "reserved"
    ? { service_tier: serviceTier.type }
    : {};

function bodyOf(letter: Unsent, stream: boolean): JsonObject {
  const { target, conversation, attachments } = letter;
  const native = target.dialect!.toBody(withTextDocuments(conversation, attachments), stream);
  const { anthropic_version: _, ...body } = native;
  // Last: the caller's own fields are in the body, and who asked for one model gets no other.
  return { ...body, ...tierOf(letter), ...(stream && { stream: true }), model: target.modelId };
}

async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  { target, conversation }: Letter,
): AsyncGenerator<ConverseStreamEvent[], void, undefined> {
  const native = createNativeDecoder(target.dialect!, conversation);
  try {
    for await (const data of readSse(body)) {
      const events: ConverseStreamEvent[] = [];
      const failure = decodeAll(data, native, events);
      // What was said before it counts.
      if (events.length > 0) yield events;
      if (failure) throw failure;
    }
    const last: ConverseStreamEvent[] = [];
    if (!native.end(last)) throw new Error("The stream ended before the answer did.");
    yield last;
  } catch (error) {
    throw toStreamFailure(error, target.modelId);
  }
}

/** @returns What went wrong on the way. */
function decodeAll(
  data: readonly string[],
  native: NativeDecoder,
  events: ConverseStreamEvent[],
): Error | undefined {
  try {
    for (const each of data) if (each !== "[DONE]") native.chunk(JSON.parse(each) as JsonObject, events);
    return undefined;
  } catch (failure) {
    return failure as Error;
  }
}
