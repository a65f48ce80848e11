import type { IncomingMessage } from "node:http";
import { asEvents } from "../../conversation/as-events.ts";
import type { ConverseResponse, ConverseStreamEvent } from "../../conversation/types.ts";
import type { CourierTimeouts } from "../courier/courier.ts";
import { readText } from "../courier/read-text.ts";
import { readConverseEvents } from "../courier/stream-events.ts";
import { asWritten, toBytes } from "../courier/to-bytes.ts";
import { Watch, watched } from "../courier/watch.ts";
import { bodyOf, withMessage } from "./converse.ts";
import { parseAnswer } from "./empty-response.ts";
import { fromOwnServer } from "./own-server-error.ts";
import { post } from "./post.ts";
import type { Letter, Surface } from "./surface.ts";

/** A server of the user's own that takes a Converse body at a URL of its own. */
export function createConverseLikeSurface({ firstByte, idle }: CourierTimeouts): Surface {
  const send = async (letter: Letter, stream: boolean): Promise<Answer> => {
    const { target, conversation, attachments, signal, tries } = letter;
    const { url, streamUrl, headers } = target.server!;
    const watch = new Watch(signal);
    watch.expect(firstByte);
    tries.used += 1;
    tries.answered = false;
    try {
      const response = await post(
        stream ? streamUrl : url,
        { "content-type": "application/json", ...headers },
        toBytes(bodyOf(conversation, stream), attachments),
        watch.signal,
      );
      const body = watched(response, watch, idle);
      const status = response.statusCode ?? 0;
      // Where the key goes is the operator's choice, not a server's: a redirect is a refusal.
      if (status < 200 || status >= 300) throw refusal(response, await readText(body));
      tries.answered = true;
      return { headers: flat(response), body };
    } catch (thrown) {
      watch.end();
      throw fromOwnServer(watch.reason(thrown), target.modelId);
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
      const { headers, body } = await send(letter, false);
      return { requestId: headers["x-amzn-requestid"], value: await whole(body, letter.target.modelId) };
    },
    async converseStream(letter) {
      const { headers, body } = await send(letter, true);
      const isJson = headers["content-type"]?.includes("json") ?? false;
      const { modelId } = letter.target;
      return {
        requestId: headers["x-amzn-requestid"],
        value: isJson ? atOnce(body, modelId) : readConverseEvents(body, modelId),
      };
    },
  };
}

interface Answer {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** As the SDK would have thrown it. */
function refusal(response: IncomingMessage, text: string): Error {
  const headers = flat(response);
  const status = response.statusCode ?? 0;
  return Object.assign(new Error(messageOf(text)), {
    name: headers["x-amzn-errortype"] ?? "NativeError",
    // A redirect leads nowhere that we go.
    $metadata: { httpStatusCode: status < 400 ? 404 : status },
    $response: { statusCode: status, headers },
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

/** @throws BedrockOpenAIError 502 for what is no answer, or half of one. */
async function whole(body: AsyncIterable<Uint8Array>, model: string): Promise<ConverseResponse> {
  try {
    return withMessage(parseAnswer(await readText(body), model), model);
  } catch (thrown) {
    throw fromOwnServer(thrown, model);
  }
}

/** For servers that do not stream. */
async function* atOnce(
  body: AsyncIterable<Uint8Array>,
  model: string,
): AsyncGenerator<ConverseStreamEvent[], void, undefined> {
  yield asEvents(await whole(body, model));
}
