import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2Stream } from "node:http2";

/** How long, and how much, is read of an upload after its refusal. */
const LINGER_MS = 5_000;
const LINGER_BYTES = 64 * 1024 * 1024;

/**
 * To be called before an answer goes out. Where the caller is still sending, the connection ends with this answer: what is
 * left of the body would be taken for the next request. But not at once: a socket that is closed over bytes that nobody
 * read resets the connection, and the caller sees that instead of the answer. So our side is closed, and theirs is read
 * for a while; nginx calls it `lingering_close`.
 */
export async function linger(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // What came together with the head is only seen in the next turn of the event loop.
  if (!request.complete) await new Promise((resolve) => setImmediate(resolve));
  if (request.complete || request.destroyed || response.headersSent) return;
  if (request.httpVersionMajor > 1) return endStream(response);
  const { socket } = request;
  // A test or a serverless host that only plays a connection.
  if (typeof socket?.destroySoon !== "function") return;
  response.setHeader("connection", "close");
  const start = socket.bytesRead;
  const close = socket.destroySoon.bind(socket);
  // What Node's server does with a connection after its last answer.
  socket.destroySoon = () => {
    if (request.complete) return close();
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    request.once("end", close);
    socket.once("close", () => clearTimeout(timer));
  };
  request.on("data", () => {
    if (socket.bytesRead - start > LINGER_BYTES) socket.destroy();
  });
}

/** HTTP/2 lets a server end a stream whose body it does not want (RFC 9113 §8.1). */
function endStream(response: ServerResponse & { stream?: Http2Stream }): void {
  const { stream } = response;
  stream?.once("finish", () => stream.close());
}
