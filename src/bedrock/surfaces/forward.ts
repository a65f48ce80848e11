import type { Conversation, JsonObject } from "../../conversation/types.ts";
import { isObject } from "../../conversation/json-schema/is-object.ts";
import { throwIfFailed } from "../../dialects/parts/native-error.ts";
import type { Attachments } from "../../http/attachments.ts";
import type { Courier } from "../courier/courier.ts";
import type { Delivery } from "../courier/parcel.ts";
import { fromAwsError, toStreamFailure } from "../errors/errors.ts";
import type { NativeApi } from "../models/native-models.ts";
import type { Target } from "../models/target.ts";
import type { Repeatable } from "../repeats.ts";
import { readSse } from "../courier/read-sse.ts";
import { readText, answerText } from "../courier/read-text.ts";
import { asWritten, toBytes } from "../courier/to-bytes.ts";
import { invokeHeaders } from "./invoke-headers.ts";
import { invoke, invokePath, readInvoked } from "./native-invoke.ts";
import { createNativePoster } from "./native-post.ts";
import { saysSomething } from "./says-something.ts";
import type { AwsRequest, Reply } from "./surface.ts";

export interface Invocation extends Pick<Conversation, "requestMetadata"> {
  streams: boolean;
}

/** A request in the target's own protocol, on its way as it is. */
export interface NativeLetter {
  target: Target;
  api: NativeApi;
  body: JsonObject;
  headers?: Readonly<Record<string, string>>;
  attachments: Attachments;
  /** What no body says on InvokeModel. */
  invocation?: Invocation;
}

/** @throws BedrockOpenAIError from every method, and while chunks are read. */
export interface Forwarder {
  explainNative(letter: NativeLetter): AwsRequest;
  /** The JSON text of a whole answer. */
  forward(letter: NativeLetter, asking: Repeatable): Promise<Reply<string>>;
  /** The JSON texts of chunks, grouped as they arrived; `[DONE]` among them. */
  forwardStream(letter: NativeLetter, asking: Repeatable): Promise<Reply<AsyncIterable<string[]>>>;
}

/** AWS's native endpoints and InvokeModel, for callers who speak their protocol already. */
export function createForwarder(courier: Courier): Forwarder {
  const poster = createNativePoster(courier);
  const send = (letter: NativeLetter, { signal, tries }: Repeatable, stream: boolean): Promise<Delivery> => {
    const { target, api, body, headers, attachments, invocation = {} } = letter;
    const bytes = toBytes(body, attachments);
    return target.native
      ? poster.send({ target, api, headers, body: bytes, signal, tries })
      : invoke(courier, { target, headers: invokeHeaders(invocation), body: bytes, signal, tries }, stream);
  };
  return {
    explainNative: ({ target, api, headers, body, attachments, invocation }) => ({
      method: "POST",
      ...(target.native
        ? { path: poster.pathOf(target, api), ...(headers && { headers }) }
        : {
            path: invokePath(target, invocation?.streams === true),
            headers: invokeHeaders(invocation ?? {}),
          }),
      body: asWritten(body, attachments),
    }),
    async forward(letter, asking) {
      const delivery = await send(letter, asking, false);
      try {
        const value = await answerText(delivery);
        refuseFailed(value);
        return { requestId: delivery.requestId, value };
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
    async forwardStream(letter, asking) {
      const { requestId, headers, body, output } = await send(letter, asking, true);
      const { modelId, native } = letter.target;
      if (!native) return { requestId, value: readChunks(readInvoked(body, modelId), modelId) };
      const isWhole = output !== undefined || headers["content-type"]?.includes("json") === true;
      return { requestId, value: readChunks(isWhole ? atOnce(body) : readSse(body), modelId) };
    },
  };
}

/** What a 200 that failed all the same may hold: nearly no chunk does. */
const OF_FAILURE = /"error"|"response\.failed"/;

/** @throws An error under AWS's name, where a 200 tells of a failure all the same. */
function refuseFailed(text: string): void {
  if (!OF_FAILURE.test(text)) return;
  const said: unknown = parsed(text);
  if (!isObject(said)) return;
  throwIfFailed(said);
  const { type, response } = said;
  // In the Responses API a failure is an event, flat, or the end of the response itself.
  if (type === "error") throwIfFailed({ error: said });
  if (type === "response.failed") throwIfFailed({ error: isObject(response) ? response["error"] : "" });
}

function failureIn(text: string): unknown {
  try {
    return refuseFailed(text);
  } catch (failure) {
    return failure;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** From a host that does not stream, or a test double: a whole answer, or a stream that was kept whole. */
async function* atOnce(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void, undefined> {
  const text = await readText(body);
  if (text.trimStart().startsWith("{")) yield [text, "[DONE]"];
  else yield* readSse(single(text));
}

async function* single(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function* readChunks(
  arrivals: AsyncIterable<string[]>,
  model: string,
): AsyncGenerator<string[], void, undefined> {
  let begun = false;
  try {
    for await (const chunks of arrivals) {
      begun ||= chunks.some(saysSomething);
      const failed = chunks.findIndex((chunk) => failureIn(chunk) !== undefined);
      if (failed < 0) yield chunks;
      // What was said before it counts.
      else if (failed > 0) yield chunks.slice(0, failed);
      if (failed >= 0) refuseFailed(chunks[failed]!);
    }
    if (!begun) throw new Error("The stream ended before the answer began.");
  } catch (error) {
    throw toStreamFailure(error, model);
  }
}
