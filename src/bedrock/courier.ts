import type { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { once } from "./once.ts";
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
    const watch = createWatch(signal);
    watch.expect(timeouts.firstByte);
    try {
      const command = await createCommand(operation, modelId);
      const codec = replaceCodec(command.middlewareStack, body, EMPTY[operation]);
      const sdk = await watch.race(client());
      // Raced as well: the SDK does not stop looking for credentials when the signal fires.
      const output = await watch.race(sdk.send(command, { abortSignal: watch.signal }));
      const { raw } = codec;
      if (!raw) watch.end();
      return {
        requestId: output.$metadata?.requestId,
        body: raw ? watched(raw, watch, timeouts.idle) : empty(),
        output: raw ? undefined : output,
      };
    } catch (error) {
      // A middleware of the user's may have failed after AWS began to answer.
      watch.abort(error);
      watch.end();
      throw watch.reason(error);
    }
  };
}

const loadSdk = once(() => import("@aws-sdk/client-bedrock-runtime"));

async function createCommand(operation: Operation, modelId: string): Promise<ConverseCommand> {
  const { ConverseCommand, ConverseStreamCommand } = await loadSdk();
  if (operation === "Converse") return new ConverseCommand({ modelId });
  // The two differ in what their codecs make of the body, and here nobody asks the codecs.
  return new ConverseStreamCommand({ modelId }) as unknown as ConverseCommand;
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

/** The body, given up when it neither moves nor is read for `idle` milliseconds. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  idle: number,
): AsyncGenerator<Uint8Array> {
  try {
    watch.expect(idle);
    for await (const bytes of body) {
      watch.expect(idle);
      yield bytes;
    }
    // Over HTTP/2 an aborted body ends as if it were complete.
    if (watch.signal.aborted) throw watch.signal.reason;
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
