import { createServer as createHttp1 } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { constants, createSecureServer, createServer as createHttp2 } from "node:http2";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** AWS keeps idle connections far longer than Node's five seconds; a client may reuse one meanwhile. */
const KEEP_ALIVE_MS = 350_000;
const HTTP2_PREFACE = "PRI ";

/**
 * A server for HTTP/1.1 and HTTP/2 on one port, because the JS SDK's default handler for Bedrock speaks HTTP/2 even
 * without TLS. Node's HTTP/2 API hands out requests and responses that behave like those of HTTP/1.1.
 */
export function createListener(serve: Serve, tls?: { key: string; cert: string }): Server {
  const serve2 = serve as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void;
  if (tls) return createSecureServer({ ...tls, allowHTTP1: true, noDelay: true }, serve2);
  const http1 = createHttp1({ keepAliveTimeout: KEEP_ALIVE_MS }, serve);
  const http2 = createHttp2(serve2);
  return createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    socket.once("data", (first: Buffer) => {
      const server = first.toString("latin1", 0, HTTP2_PREFACE.length) === HTTP2_PREFACE ? http2 : http1;
      hand(socket, first, server);
    });
  });
}

/** Gives a socket to another server as if nobody had read from it. */
function hand(
  socket: Socket,
  first: Buffer,
  server: { emit(event: "connection", socket: Socket): boolean },
): void {
  socket.pause();
  socket.unshift(first);
  server.emit("connection", socket);
  process.nextTick(() => socket.resume());
}

/** Whether the whole answer has left, seen from the `close` of its response. */
export function isComplete(response: ServerResponse): boolean {
  const stream = http2Stream(response);
  if (!stream) return response.writableFinished;
  return response.writableEnded && stream.rstCode === constants.NGHTTP2_NO_ERROR;
}

/** Breaks an exchange off: the socket of HTTP/1.1, the stream of HTTP/2. */
export function cutConnection(request: IncomingMessage, response: ServerResponse): void {
  const stream = http2Stream(response);
  if (stream) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else request.socket.destroy();
}

function http2Stream(response: ServerResponse): Http2ServerResponse["stream"] | undefined {
  return (response as unknown as { stream?: Http2ServerResponse["stream"] }).stream;
}
