import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2Stream } from "node:http2";
import type { ServerRequest } from "srvx";
import { toNodeHandler } from "srvx/node";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";

/** Works as `http.createServer`'s listener and as Express middleware. */
export type NodeMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** Options for a new handler, or a handler that several mounts share. */
export type OptionsOrHandler = BedrockOpenAIOptions | BedrockOpenAIHandler;

export const toHandler = (optionsOrHandler: OptionsOrHandler = {}): BedrockOpenAIHandler =>
  typeof optionsOrHandler === "function" ? optionsOrHandler : createBedrockOpenAIHandler(optionsOrHandler);

export function toNodeMiddleware(handler: BedrockOpenAIHandler): NodeMiddleware {
  const node = toNodeHandler(async (request) => {
    const answer = await handler(request);
    closeAfterUnreadBody(request);
    return answer;
  });
  return (request, response, next) => {
    const fail = (error: unknown): void => {
      if (next) next(error);
      else response.destroy(error instanceof Error ? error : undefined);
    };
    try {
      restoreBody(request);
      Promise.resolve(node(request as never, response as never)).catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** What is left of a refused upload would be taken for the next request on the connection. */
function closeAfterUnreadBody({ runtime }: ServerRequest): void {
  const { req, res } = runtime?.node ?? {};
  if (!req || !res || req.complete || res.headersSent) return;
  if (req.httpVersionMajor === 1) {
    res.setHeader("connection", "close");
    return;
  }
  const { stream } = res as { stream?: Http2Stream };
  stream?.once("finish", () => stream.close());
}

interface ParsedRequest extends IncomingMessage {
  body?: unknown;
  rawBody?: unknown;
}

/**
 * A body parser upstream already drained the socket: hand the bridge the bytes back. Asks the stream, not `body`:
 * Express 4's json() sets `body = {}` on uploads it left unread.
 */
function restoreBody(request: ParsedRequest): void {
  if (!request.readableEnded || request.body === undefined || Buffer.isBuffer(request.rawBody)) return;
  const { body } = request;
  request.rawBody = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
