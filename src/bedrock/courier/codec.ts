import { refuseEncoded } from "./encoded.ts";
import type { Destination, Parcel } from "./parcel.ts";

export type Body = AsyncIterable<Uint8Array> | Uint8Array;

/** What was taken from an answer before the SDK looked at it. */
export interface Taken {
  statusCode: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

/** What came of one call. */
export interface Codec {
  taken?: Taken;
  /** What the network threw, where the SDK was not to see it. */
  failed?: { reason: unknown };
}

/** The parts of the SDK's middleware stack that are used; commands of every operation have them. */
interface MiddlewareStack {
  addRelativeTo(middleware: never, options: { relation: "after"; toMiddleware: string; name: string }): void;
}

interface HttpRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}

interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Body;
}

/** Puts our own bytes in the place of what the SDK wrote, and takes what it would have read. */
export function replaceCodec(
  stack: MiddlewareStack,
  parcel: Pick<Parcel, "body" | "headers" | "to">,
  left: Body,
): Codec {
  const codec: Codec = {};
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
    <Args>(next: (args: Args) => Promise<{ response: HttpResponse }>) =>
    async (args: Args) => {
      const answer = await (parcel.to?.anyStatus ? once(next(args), codec) : next(args));
      const { response } = answer;
      if (response.statusCode >= 300 && !parcel.to) return answer;
      if (!parcel.to?.anyStatus) refuseEncoded(response);
      const body = response.body instanceof Uint8Array ? single(response.body) : response.body;
      if (response.statusCode >= 300 && !parcel.to?.anyStatus) throw await toRefusal(response, body);
      codec.taken = { statusCode: response.statusCode, headers: response.headers, body };
      response.body = left;
      // To the SDK, whatever was taken was an answer.
      response.statusCode = 200;
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

/** The SDK tries again by what an error looks like and what is in it; this one looks like nothing. */
const once = <Answer>(sent: Promise<Answer>, codec: Codec): Promise<Answer> =>
  sent.catch((reason: unknown) => {
    codec.failed = { reason };
    throw new Error("AWS was not reached.");
  });

function address(request: HttpRequest, to: Destination | undefined): void {
  if (!to) return;
  request.method = to.method;
  // What stands before it is the endpoint's own path.
  request.path = request.path.replace(/\/model\/[^/]*\/invoke$/, () => to.path);
  request.query = to.query ?? {};
}

/** Far above any refusal. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** OpenAI's, Anthropic's or AWS's own form of a refusal, as the SDK would have thrown it. */
async function toRefusal(
  { statusCode, headers }: HttpResponse,
  body: AsyncIterable<Uint8Array>,
): Promise<Error> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
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

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
