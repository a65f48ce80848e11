import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { sendNodeResponse } from "srvx/node";
import { leaveUnread } from "./_unread.ts";
import { type EventFlow, headersOf, type PlainHeaders, takePlainBody } from "../src/http/plain-bodies.ts";

/** Sends an answer. What is made of text goes as text, with no stream in between. */
export async function send(res: ServerResponse, answer: Response): Promise<void> {
  // Somebody else was faster, such as a timeout of the app's.
  if (res.headersSent || res.writableEnded) return answer.body?.cancel();
  const { status, statusText } = answer;
  try {
    setHeaders(res, headersOf(answer));
  } catch (thrown) {
    leaveUnread(answer.body);
    throw thrown;
  }
  const plain = res.req?.method === "HEAD" ? undefined : takePlainBody(answer);
  if (plain === undefined) {
    // Not a new Response: the global one may be somebody else's, with headers of its own.
    const { body } = answer;
    return sendNodeResponse(res as never, { status, statusText, headers: new Headers(), body } as Response);
  }
  res.statusCode = status;
  // HTTP/2 has no such thing.
  if (res.req?.httpVersionMajor === 1) res.statusMessage = statusText;
  if (typeof plain === "string") res.end(plain);
  else pour(plain, res);
}

/** One by one: middleware with an old `on-headers` (Next's `compress`, older sessions) misreads a list in `writeHead`. */
function setHeaders(res: ServerResponse, headers: PlainHeaders): void {
  for (const [name, value] of headers)
    if (name !== "set-cookie") res.setHeader(name, value);
    else res.appendHeader(name, value);
}

/** Not by `pipe`: middleware that compresses has its own idea of when `res` has drained. */
function pour(flow: EventFlow, res: ServerResponse): void {
  const leave = (): void => flow.leave();
  if (res.destroyed) return leave();
  let isFree = true;
  res.once("close", leave);
  res.on("error", leave);
  res.on("drain", () => {
    isFree = true;
    flow.more();
  });
  flow.into({
    isFree: () => isFree,
    write: (text) => void (isFree = res.write(text)),
    end: () => void res.end(),
    // In the next turn: what was written before goes out first.
    fail: (error) => void setImmediate(() => res.destroy(error instanceof Error ? error : undefined)),
  });
}

/** An answer's body for frameworks that send text and Node's streams. Destroying the stream stops the model. */
export function toNodeBody(answer: Response): string | Readable | null {
  const plain = takePlainBody(answer);
  if (typeof plain === "string") return plain;
  if (plain) return toReadable(plain);
  return answer.body && Readable.fromWeb(answer.body as NodeReadableStream<Uint8Array>);
}

function toReadable(flow: EventFlow): Readable {
  let isFree = false;
  const readable = new Readable({
    read() {
      isFree = true;
      if (flow.isRead) flow.more();
      else flow.into(outlet);
    },
    destroy(error, done) {
      flow.leave(error);
      done(error);
    },
  });
  const outlet = {
    isFree: () => isFree,
    write: (text: string) => void (isFree = readable.push(text)),
    end: () => void readable.push(null),
    fail: (error: unknown) => void readable.destroy(error instanceof Error ? error : undefined),
  };
  return readable;
}
