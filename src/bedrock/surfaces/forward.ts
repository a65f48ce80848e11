import type { JsonObject } from "../../conversation/types.ts";
import { throwIfFailed } from "../../dialects/native-error.ts";
import type { Attachments } from "../../http/attachments.ts";
import type { Courier } from "../courier.ts";
import { fromAwsError, toStreamFailure } from "../errors.ts";
import type { NativeApi } from "../models/native-models.ts";
import type { Target } from "../models/target.ts";
import { readSse } from "../read-sse.ts";
import { readText } from "../read-text.ts";
import { asWritten, toBytes } from "../to-bytes.ts";
import type { AwsRequest, Reply } from "./surface.ts";

/** A request in the target's own protocol, on its way as it is. */
export interface NativeLetter {
  target: Target;
  api: NativeApi;
  body: JsonObject;
  headers?: Readonly<Record<string, string>>;
  attachments: Attachments;
}

/** @throws BedrockOpenAIError from every method, and while chunks are read. */
export interface Forwarder {
  explainNative(letter: NativeLetter): AwsRequest;
  /** The JSON text of a whole answer. */
  forward(letter: NativeLetter, signal: AbortSignal): Promise<Reply<string>>;
  /** The JSON texts of chunks, grouped as they arrived; `[DONE]` among them. */
  forwardStream(letter: NativeLetter, signal: AbortSignal): Promise<Reply<AsyncIterable<string[]>>>;
}

const PATHS: Readonly<Record<NativeApi, string>> = {
  chat: "/chat/completions",
  responses: "/responses",
  messages: "/messages",
};

const pathOf = ({ target, api }: NativeLetter): string => target.native!.path + PATHS[api];

/** AWS's native endpoints, for callers who speak their protocol already. */
export function createForwarder(courier: Courier): Forwarder {
  const send = async (letter: NativeLetter, signal: AbortSignal) => {
    const { target, body, headers, attachments } = letter;
    try {
      return await courier({
        operation: "InvokeModel",
        modelId: target.modelId,
        region: target.region,
        to: { host: target.native!.host, method: "POST", path: pathOf(letter) },
        ...(headers && { headers }),
        body: toBytes(body, attachments),
        signal,
      });
    } catch (thrown) {
      throw fromAwsError(thrown, target.modelId);
    }
  };
  return {
    explainNative: (letter) => ({
      method: "POST",
      path: pathOf(letter),
      ...(letter.headers && { headers: letter.headers }),
      body: asWritten(letter.body, letter.attachments),
    }),
    async forward(letter, signal) {
      const { requestId, body } = await send(letter, signal);
      try {
        return { requestId, value: await readText(body) };
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
    async forwardStream(letter, signal) {
      const { requestId, body } = await send(letter, signal);
      return { requestId, value: readChunks(body, letter.target.modelId) };
    },
  };
}

async function* readChunks(
  body: AsyncIterable<Uint8Array>,
  model: string,
): AsyncGenerator<string[], void, undefined> {
  try {
    for await (const chunks of readSse(body)) {
      for (const chunk of chunks)
        if (chunk.includes('"error"')) throwIfFailed(JSON.parse(chunk) as JsonObject);
      yield chunks;
    }
  } catch (error) {
    throw toStreamFailure(error, model);
  }
}
