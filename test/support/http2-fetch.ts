import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** A `fetch` over one HTTP/2 connection: Node's own speaks HTTP/1 where there is no TLS. */
export function http2Fetch(origin: string): { fetch: typeof globalThis.fetch; close(): void } {
  const session = connect(origin);
  return {
    fetch: async (input, init) => {
      const request = new Request(input as string, init);
      const stream = open(session, request);
      const [status, headers] = await answered(stream, request.signal);
      return new Response(isEmpty(status, request) ? null : bodyOf(stream), { status, headers });
    },
    close: () => session.destroy(),
  };
}

function open(session: ClientHttp2Session, request: Request): ClientHttp2Stream {
  const { pathname, search } = new URL(request.url);
  const stream = session.request({
    ...Object.fromEntries(request.headers),
    ":method": request.method,
    ":path": pathname + search,
  });
  // As for `fetch`: whoever cancels the answer or aborts the call has left.
  const leave = () => stream.close(constants.NGHTTP2_CANCEL);
  request.signal.addEventListener("abort", leave, { once: true });
  stream.once("close", () => request.signal.removeEventListener("abort", leave));
  if (request.body)
    Readable.fromWeb(request.body as NodeReadableStream)
      .on("error", leave)
      .pipe(stream);
  else stream.end();
  return stream;
}

const answered = (stream: ClientHttp2Stream, signal: AbortSignal): Promise<[number, Headers]> =>
  new Promise((resolve, reject) => {
    stream.once("error", (error) => reject(signal.aborted ? signal.reason : error));
    stream.once("close", () =>
      reject(signal.aborted ? signal.reason : new Error("closed without an answer")),
    );
    stream.once("response", (headers) => {
      const named = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
      resolve([Number(headers[":status"]), new Headers(named as [string, string][])]);
    });
  });

/** Not `Readable.toWeb`: to it an answer is broken off that ends before the request does. */
const bodyOf = (stream: ClientHttp2Stream): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      stream.on("data", (chunk: Uint8Array) => {
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) stream.pause();
      });
      stream.once("end", () => (stream.rstCode === 0 ? controller.close() : undefined));
      stream.once("close", () => (stream.rstCode === 0 ? undefined : controller.error(new Error("reset"))));
      stream.pause();
    },
    pull: () => void stream.resume(),
    cancel() {
      // What has arrived already still comes, and nobody takes it.
      stream.removeAllListeners("data");
      stream.close(constants.NGHTTP2_CANCEL);
    },
  });

const isEmpty = (status: number, { method }: Request): boolean =>
  method === "HEAD" || status === 204 || status === 304;
