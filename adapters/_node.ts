import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse, Http2Stream } from "node:http2";
import type { Readable } from "node:stream";
import type { ServerRequest } from "srvx";
import { NodeRequest } from "srvx/node";
import { type BodyReader, LEND } from "../src/http/plain-bodies.ts";
import type { BedrockOpenAIHandler } from "../src/index.ts";
import { asMeant, bodyOf, bodyReaderOf, type ParsedBody } from "./_body.ts";
import { keepVary } from "./_headers.ts";
import { linger } from "./_linger.ts";
import { requestHeaders } from "./_request-headers.ts";
import { send } from "./_send.ts";

/** Works as the listener of `http.createServer` and `http2.createServer`, and as Express middleware. */
export type NodeMiddleware = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** What `authorize(request, context)` gets: the objects that the server made, of its own types. */
export interface NodeContext<
  Req extends IncomingMessage | Http2ServerRequest = IncomingMessage,
  Res extends ServerResponse | Http2ServerResponse = ServerResponse,
> {
  req: Req;
  res: Res;
}

/** One call, as Node has it. */
export interface NodeCall extends NodeContext {
  /** What a body parser left, where it is not on `req`. */
  parsed?: ParsedBody;
  /** Where the body comes from, if it is not `req`. */
  source?: Readable;
}

export function toNodeMiddleware(handler: BedrockOpenAIHandler): NodeMiddleware {
  return (request, response, next) => {
    // Of HTTP/2's objects nothing is used that Node has not made alike.
    const { req, res } = { req: request, res: response } as NodeContext;
    const fail = (error: unknown): void => {
      if (next) next(error);
      else res.destroy(error instanceof Error ? error : undefined);
    };
    if (isAnswered(res, fail)) return;
    ask(handler, { req, res }, { req, res })
      .then((answer) => send(res, answer))
      .catch(fail);
  };
}

/** Asks the house for a framework that sends answers itself. The answer is to be sent at once. */
export async function ask(
  handler: BedrockOpenAIHandler,
  call: NodeCall,
  context: unknown,
): Promise<Response> {
  const { req, res } = call;
  const request = new DoorRequest(call);
  const answer = await handler(request, context);
  request.isAnswered = true;
  keepVary(answer, res.getHeader("vary"));
  await linger(req, res);
  return answer;
}

/** Whether there is nobody left to answer to. To begin an answer twice is a fault of the app's. */
function isAnswered(res: ServerResponse, fail: (error: Error) => void): boolean {
  if (!res.headersSent) return res.writableEnded || isGone(res);
  if (!res.writableEnded) fail(new Error("bedrock-openai: the response was begun before it came here."));
  return true;
}

/** Whether the caller has left already. An answer over HTTP/2 says so by its stream alone. */
export const isGone = (res: { destroyed?: boolean; stream?: Http2Stream | undefined }): boolean =>
  res.destroyed === true || res.stream?.destroyed === true;

interface SrvxRequest extends Omit<ServerRequest, "body" | "signal"> {
  /** Made when it is asked for what only a real Request can do. It takes the body over. */
  readonly _request: Request;
}

const SrvxRequest = NodeRequest as unknown as new (call: NodeContext) => SrvxRequest;

/** A Request that costs nothing until it is read. Its body and signal are ours. */
class DoorRequest extends SrvxRequest {
  isAnswered = false;
  readonly #call: NodeCall;
  readonly #left = new AbortController();
  #body: ReadableStream<Uint8Array> | null | undefined;
  #native: Request | undefined;
  #headers: Headers | undefined;

  constructor(call: NodeCall) {
    super(call);
    this.#call = call;
    const { res } = call;
    // Who has left already does not leave again.
    if (isGone(res)) this.#left.abort();
    // Also when the app answered in our place: nobody waits for the model then.
    res.once("close", () => {
      if (!this.isAnswered || !res.writableEnded) this.#left.abort();
    });
  }

  override get headers(): Headers {
    if (this.#native) return this.#native.headers;
    this.#headers ??= requestHeaders(this.#call.req);
    return this.#headers;
  }

  get signal(): AbortSignal {
    return this.#left.signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (this.#native) return this.#native.body;
    if (this.#body === undefined) this.#body = this.#open();
    return this.#body;
  }

  override get _request(): Request {
    if (this.#native) return this.#native;
    // It gives its own headers those of the real one, and must have some.
    Reflect.get(NodeRequest.prototype, "headers", this);
    this.#native = super._request;
    return this.#native;
  }

  /** To the core, which has no use for a stream; to everybody else it is read then. */
  [LEND](): BodyReader | undefined {
    if (this.#native || this.#body !== undefined || this.#hasNoBody()) return undefined;
    return bodyReaderOf(...this.#given());
  }

  #open(): ReadableStream<Uint8Array> | null {
    if (this.#hasNoBody()) return null;
    return bodyOf(...this.#given());
  }

  #given(): [source: Readable, parsed: ParsedBody] {
    const { req, source = req, parsed = req as ParsedBody } = this.#call;
    return [source, asMeant(parsed, this.headers.get("content-type"))];
  }

  #hasNoBody(): boolean {
    return this.method === "GET" || this.method === "HEAD";
  }
}
