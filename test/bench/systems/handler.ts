import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "../../../dist/index.js";
import { createBedrockFetch } from "../../../dist/openai.js";
import { DIMENSIONS } from "../questions/embeddings.ts";
import { access } from "./access.ts";
import { BODIES, type Delivery } from "./request-body.ts";
import type { System, Told } from "./systems.ts";
import { WIRES } from "./wires.ts";

const EMBEDDINGS_URL = "http://bedrock/v1/embeddings";

export interface HandlerSettings {
  delivery?: Delivery;
  /** Called as `fetch` is, without a Request that somebody has made. */
  isFetch?: boolean;
  wire?: keyof typeof WIRES;
  options?: BedrockOpenAIOptions;
}

/** A server's share: the bytes are read, nobody parses them. */
export function createHandlerSystem(
  endpoint: string,
  { delivery = "text", isFetch = false, wire: protocol = "chat", options }: HandlerSettings = {},
): System {
  const wire = WIRES[protocol];
  const handler = createBedrockOpenAIHandler({ ...access(endpoint), ...options });
  const call = isFetch
    ? createBedrockFetch(handler)
    : (url: string, init: RequestInit) => handler(new Request(url, init));
  const asker = (url: string, json: string): (() => Promise<Response>) => {
    const body = BODIES[delivery](json);
    return () => call(url, body());
  };

  return {
    stream(question) {
      const ask = asker(wire.url, JSON.stringify(wire.body(question)));
      const read = async (told: Told, keep: (piece: Uint8Array) => void): Promise<number> => {
        const { body } = await ask();
        if (!body) throw new Error("The answer has no body.");
        const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
        for (let bytes = 0; ;) {
          const { done, value } = await reader.read();
          if (done) return bytes;
          // What was written first holds the first delta.
          if (bytes === 0) told?.();
          bytes += value.byteLength;
          keep(value);
        }
      };
      const prove = async (told: Told): Promise<{ bytes: number; deltas: number }> => {
        const pieces: Uint8Array[] = [];
        const bytes = await read(told, (piece) => pieces.push(piece));
        return { bytes, deltas: wire.countDeltas(Buffer.concat(pieces).toString()) };
      };
      /** Only the first answer is kept and decoded; the others must be as long. */
      let first: ReturnType<typeof prove> | undefined;
      return async (told) => {
        if (!first) return (await (first = prove(told))).deltas;
        const bytes = await read(told, drop);
        const proven = await first;
        if (bytes !== proven.bytes)
          throw new Error(`An answer had ${bytes} bytes instead of ${proven.bytes}.`);
        return proven.deltas;
      };
    },
    chat(question) {
      const ask = asker(WIRES.chat.url, JSON.stringify(question.openai()));
      return async () => {
        const response = await ask();
        const { choices } = (await response.json()) as { choices?: { message: { content: string } }[] };
        if (!choices?.[0]?.message.content) throw new Error(`The answer is empty (${response.status}).`);
        return 1;
      };
    },
    embed({ model, texts, format }) {
      const ask = asker(EMBEDDINGS_URL, JSON.stringify({ model, input: texts, encoding_format: format }));
      /** Only in the first answer the vectors are counted; the next ones must be as long. */
      let proven: number | undefined;
      return async () => {
        const response = await ask();
        const first: Uint8Array[] = [];
        let bytes = 0;
        for await (const piece of response.body ?? []) {
          bytes += piece.length;
          if (proven === undefined) first.push(piece);
        }
        const vectors = Buffer.concat(first).toString("latin1").split('"index"').length - 1;
        proven ??= vectors === texts.length && bytes > texts.length * DIMENSIONS ? bytes : undefined;
        if (bytes !== proven) throw new Error(`Another answer came (${response.status}).`);
        return texts.length;
      };
    },
  };
}

const drop = (): void => undefined;
