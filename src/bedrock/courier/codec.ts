import { addAfter, addBefore, type MiddlewareStack } from "./middleware-stack.ts";
import { isEncoded, refuseEncoded } from "./encoded.ts";
import type { Destination, Operation, Parcel } from "./parcel.ts";

export type Body = AsyncIterable<Uint8Array> | Uint8Array;

/** What was taken from an answer before the SDK looked at it. */
export interface Taken {
  statusCode: number;
  headers: Record<string, string>;
  /** Bytes where it has come whole. */
  body: Body;
  /** Nobody else has the memory of its pieces. */
  isUnshared?: boolean | undefined;
}

/** What came of one call through the SDK's stack. */
export interface Codec {
  taken?: Taken | undefined;
  /** What the network threw, where the SDK was not to see it. */
  failed?: { reason: unknown };
}

/** The parts of the SDK's request that are written here. */
export interface HttpRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}

/** The parts of the SDK's response that are read here. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Body;
  /** Whether the system has taken all of the request, where the transport knows: an answer may come early. */
  isSent?(): boolean;
  /** Nobody else has the memory of its body's pieces. */
  isUnshared?: boolean;
}

/** Is thrown past the SDK's deserialiser, which would copy all of the client's configuration to read nothing. */
const TAKEN = new Error("The answer was taken.");

/** Puts our own bytes in the place of what the SDK wrote, and takes what it would have read. */
export function replaceCodec(
  stack: MiddlewareStack,
  parcel: Pick<Parcel, "operation" | "body" | "headers" | "to">,
): Codec {
  const codec: Codec = {};
  let response: HttpResponse;
  const write =
    <Args extends { request: HttpRequest }>(next: (args: Args) => unknown) =>
    (args: Args) => {
      address(args.request, parcel.to);
      args.request.body = parcel.body;
      if (parcel.body) args.request.headers["content-type"] = "application/json";
      Object.assign(args.request.headers, parcel.headers);
      return next(args);
    };
  const take =
    <Args extends { request: HttpRequest }>(next: (args: Args) => Promise<{ response: HttpResponse }>) =>
    async (args: Args) => {
      const answer = await (parcel.to?.anyStatus ? once(next(args), codec) : next(args));
      ({ response } = answer);
      codec.taken = takenFrom(response, parcel.to);
      if (!codec.taken && !parcel.to && response.statusCode >= 300) return answer;
      if (!codec.taken) throw await toRefusal(response);
      // For us alone.
      response.body = new Uint8Array();
      // The connection holds its request as long as the answer comes, and nobody will send it again.
      args.request.body = undefined;
      // To the SDK, whatever was taken was an answer.
      response.statusCode = 200;
      throw TAKEN;
    };
  const answer =
    <Args>(next: (args: Args) => Promise<unknown>) =>
    (args: Args) =>
      next(args).catch((thrown: unknown) => {
        if (thrown !== TAKEN) throw thrown;
        return { response, output: { ...noEvents(parcel.operation), $metadata: metadataOf(response) } };
      });
  addAfter(stack, "serializerMiddleware", "bedrockOpenAIWriteBody", write);
  addAfter(stack, "deserializerMiddleware", "bedrockOpenAITakeBody", take);
  addBefore(stack, "deserializerMiddleware", "bedrockOpenAIAnswer", answer);
  return codec;
}

/** An answer that is handed over as it is; undefined for what ends in an error. */
export function takenFrom(response: HttpResponse, to: Destination | undefined): Taken | undefined {
  const { statusCode, headers, body } = response;
  if (!to?.anyStatus && (statusCode >= 300 || isEncoded(headers))) return undefined;
  return { statusCode, headers, body };
}

/** Where the SDK gives a stream's events. */
const EVENTS_IN: Partial<Record<Operation, string>> = {
  ConverseStream: "stream",
  InvokeModelWithResponseStream: "body",
};

/** For middleware that wraps them: all that came is ours to read. */
function noEvents(operation: Operation): object {
  const name = EVENTS_IN[operation];
  return name === undefined ? {} : { [name]: none() };
}

async function* none(): AsyncGenerator<never> {}

/** As the SDK tells it of every answer. */
const metadataOf = ({ statusCode, headers }: HttpResponse): object => ({
  httpStatusCode: statusCode,
  requestId: headers["x-amzn-requestid"] ?? headers["x-amzn-request-id"] ?? headers["x-amz-request-id"],
  extendedRequestId: headers["x-amz-id-2"],
  cfId: headers["x-amz-cf-id"],
});

/** The SDK tries again by what an error looks like and what is in it; this one looks like nothing. */
const once = <Answer>(sent: Promise<Answer>, codec: Codec): Promise<Answer> =>
  sent.catch((reason: unknown) => {
    codec.failed = { reason };
    throw new Error("AWS was not reached.");
  });

/** Where a request goes instead of to the operation that it travels as. */
export function address(request: HttpRequest, to: Destination | undefined): void {
  if (!to) return;
  request.method = to.method;
  // What stands before it is the endpoint's own path.
  request.path = request.path.replace(/\/model\/[^/]*\/invoke$/, () => to.path);
  request.query = to.query ?? {};
}

/** Far above any refusal. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** OpenAI's, Anthropic's or AWS's own form of a refusal, as the SDK would have thrown it. */
async function toRefusal(response: HttpResponse): Promise<Error> {
  refuseEncoded(response);
  const { statusCode, headers, body } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    size += chunk.byteLength;
    if (size > MAX_REFUSAL_BYTES) break;
    chunks.push(chunk);
  }
  const { message, ...native } = wordsIn(Buffer.concat(chunks).toString("utf8"));
  return Object.assign(new Error(message), {
    name: headers["x-amzn-errortype"] ?? "NativeError",
    native,
    $metadata: {
      httpStatusCode: statusCode,
      requestId: headers["x-amzn-requestid"] ?? headers["x-request-id"],
    },
    $response: { statusCode, headers },
  });
}

type Words = Record<"code" | "param" | "type", unknown> & { message: string };

/** Beside the three forms some hosts know one that is a mere text, and open servers one with a `detail`. */
function wordsIn(body: string): Words {
  const said = parse(body);
  const { error } = said;
  const inner = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : said;
  const { message, Message, detail, code, param, type } = inner;
  const text = [message, Message, detail, error].find((each) => typeof each === "string" && each !== "");
  return { message: String(text ?? ""), code, param, type };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
