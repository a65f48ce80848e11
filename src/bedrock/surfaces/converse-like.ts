import { asEvents } from "../../conversation/as-events.ts";
import { parseExact } from "../../conversation/exact-json.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { CourierTimeouts } from "../courier.ts";
import { fromAwsError } from "../errors.ts";
import { readText } from "../read-text.ts";
import { readConverseEvents } from "../stream-events.ts";
import { asWritten, toBytes } from "../to-bytes.ts";
import { createWatch, type Watch } from "../watch.ts";
import { bodyOf, withMessage } from "./converse.ts";
import type { Letter, Surface } from "./surface.ts";

interface Answer {
  response: Response;
  body: AsyncIterable<Uint8Array>;
}

/** A server of the user's own that takes a Converse body at a URL of its own. */
export function createConverseLikeSurface({ firstByte, idle }: CourierTimeouts): Surface {
  const send = async (letter: Letter, stream: boolean): Promise<Answer> => {
    const { target, conversation, attachments, signal } = letter;
    const { url, streamUrl, headers } = target.server!;
    const watch = createWatch(signal);
    watch.expect(firstByte);
    try {
      const response = await fetch(stream ? streamUrl : url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: toBytes(bodyOf(conversation, stream), attachments) as Uint8Array<ArrayBuffer>,
        signal: watch.signal,
        // Where the key goes is the operator's choice, not a server's.
        redirect: "error",
      });
      const body = watched(response.body, watch, idle);
      if (response.ok) return { response, body };
      throw refusal(response, await readText(body));
    } catch (thrown) {
      watch.end();
      throw fromAwsError(networkError(watch.reason(thrown)), target.modelId);
    }
  };

  return {
    explain: ({ target, conversation, attachments }, stream) => ({
      method: "POST",
      // Where it stands is the operator's affair.
      path: new URL(stream ? target.server!.streamUrl : target.server!.url).pathname,
      body: asWritten(bodyOf(conversation, stream), attachments),
    }),
    async converse(letter) {
      const { response, body } = await send(letter, false);
      try {
        const value = withMessage(parseExact(await readText(body)), letter.target.modelId);
        return { requestId: requestIdOf(response), value };
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
    async converseStream(letter) {
      const { response, body } = await send(letter, true);
      const isJson = response.headers.get("content-type")?.includes("json") ?? false;
      const { modelId } = letter.target;
      return {
        requestId: requestIdOf(response),
        value: isJson ? atOnce(body, modelId) : readConverseEvents(body, modelId),
      };
    },
  };
}

/** `fetch` wraps what happened on the socket, and a redirect that it may not follow. */
function networkError(thrown: unknown): unknown {
  if (!(thrown instanceof TypeError)) return thrown;
  const { code = "UND_ERR" } = (thrown.cause ?? {}) as { code?: string };
  return Object.assign(new Error(thrown.message, { cause: thrown }), { code });
}

const requestIdOf = ({ headers }: Response): string | undefined =>
  headers.get("x-amzn-requestid") ?? undefined;

/** As the SDK would have thrown it. */
function refusal({ status, headers }: Response, text: string): Error {
  return Object.assign(new Error(messageOf(text)), {
    name: headers.get("x-amzn-errortype") ?? "NativeError",
    $metadata: { httpStatusCode: status },
    $response: { statusCode: status, headers: Object.fromEntries(headers) },
  });
}

function messageOf(text: string): string {
  try {
    const { message, Message, error } = JSON.parse(text) as Record<string, unknown>;
    const inner = (error as { message?: unknown } | null | undefined)?.message;
    return String(message ?? Message ?? inner ?? "");
  } catch {
    return "";
  }
}

/** For servers that do not stream. */
async function* atOnce(
  body: AsyncIterable<Uint8Array>,
  model: string,
): AsyncGenerator<ConverseStreamEvent[], void, undefined> {
  try {
    yield asEvents(withMessage(parseExact(await readText(body)), model));
  } catch (thrown) {
    throw fromAwsError(thrown, model);
  }
}

async function* watched(
  body: ReadableStream<Uint8Array> | null,
  watch: Watch,
  idle: number,
): AsyncGenerator<Uint8Array> {
  try {
    watch.expect(idle);
    for await (const bytes of body ?? []) {
      watch.expect(idle);
      yield bytes;
    }
  } catch (error) {
    throw watch.reason(error);
  } finally {
    watch.end();
  }
}
