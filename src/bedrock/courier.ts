import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { createWatch, type Watch } from "./watch.ts";

export type Operation = "Converse" | "ConverseStream";

export interface Parcel {
  operation: Operation;
  modelId: string;
  /** JSON, sent byte for byte. */
  body: Uint8Array;
  signal: AbortSignal;
}

/** What AWS answered: its request id, and a body that is read once. */
export interface Delivery {
  requestId: string | undefined;
  body: AsyncIterable<Uint8Array>;
  /** Set instead of the body when a test double answered for the SDK's transport. */
  output: unknown;
}

export type Courier = (parcel: Parcel) => Promise<Delivery>;

export interface CourierTimeouts {
  firstByte: number;
  idle: number;
}

/**
 * Sends JSON through the SDK client's own middleware stack (endpoint, credentials, signing, retries, whatever the user
 * added) and hands over the raw body, by two public middlewares that stand in for the generated codec.
 */
export function createCourier(
  client: () => Promise<BedrockRuntimeClient>,
  timeouts: CourierTimeouts,
): Courier {
  return async ({ operation, modelId, body, signal }) => {
    const { ConverseCommand, ConverseStreamCommand } = await import("@aws-sdk/client-bedrock-runtime");
    const command =
      operation === "Converse" ? new ConverseCommand({ modelId }) : new ConverseStreamCommand({ modelId });
    const codec = replaceCodec(command.middlewareStack, body, EMPTY[operation]);
    const watch = createWatch(signal);
    watch.expect(timeouts.firstByte);
    try {
      const sdk = await client();
      const output = await sdk.send(command as InstanceType<typeof ConverseCommand>, {
        abortSignal: watch.signal,
      });
      const { raw } = codec;
      if (!raw) watch.end();
      return {
        requestId: output.$metadata?.requestId,
        body: raw ? watched(raw, watch, timeouts.idle) : empty(),
        output: raw ? undefined : output,
      };
    } catch (error) {
      watch.end();
      throw watch.reason(error);
    }
  };
}

/** The parts of the SDK's middleware stack that are used; commands of every operation have them. */
interface MiddlewareStack {
  addRelativeTo(middleware: never, options: { relation: "after"; toMiddleware: string; name: string }): void;
}

interface Exchange {
  request: { body: unknown; headers: Record<string, string> };
}

interface Answer {
  response: { statusCode: number; body: Body };
}

type Body = AsyncIterable<Uint8Array> | Uint8Array;

/** What the SDK's own deserialiser is left with: as much as it needs to find nothing. */
const EMPTY: Record<Operation, Body> = {
  Converse: new Uint8Array(),
  ConverseStream: { [Symbol.asyncIterator]: empty },
};

function replaceCodec(
  stack: MiddlewareStack,
  body: Uint8Array,
  left: Body,
): { raw?: AsyncIterable<Uint8Array> } {
  const codec: { raw?: AsyncIterable<Uint8Array> } = {};
  const write = (next: (args: Exchange) => unknown) => (args: Exchange) => {
    args.request.body = body;
    args.request.headers["content-type"] = "application/json";
    return next(args);
  };
  const take = (next: (args: Exchange) => Promise<Answer>) => async (args: Exchange) => {
    const answer = await next(args);
    const { response } = answer;
    if (response.statusCode >= 300) return answer;
    codec.raw = response.body instanceof Uint8Array ? single(response.body) : response.body;
    response.body = left;
    return answer;
  };
  stack.addRelativeTo(write as never, {
    relation: "after",
    toMiddleware: "serializerMiddleware",
    name: "bedrockOpenAIWriteBody",
  });
  stack.addRelativeTo(take as never, {
    relation: "after",
    toMiddleware: "deserializerMiddleware",
    name: "bedrockOpenAITakeBody",
  });
  return codec;
}

/** The body, given up when nothing arrives for `idle` milliseconds. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  idle: number,
): AsyncGenerator<Uint8Array> {
  try {
    watch.expect(idle);
    for await (const bytes of body) {
      watch.pause();
      yield bytes;
      watch.expect(idle);
    }
  } catch (error) {
    throw watch.reason(error);
  } finally {
    watch.end();
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* empty(): AsyncGenerator<Uint8Array> {}
