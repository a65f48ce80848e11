import type { Readable } from "node:stream";
import { BedrockOpenAIError } from "../src/index.ts";

/** What stood before us made of the body: body parsers of Express, Koa and serverless hosts use these two names. */
export interface ParsedBody {
  body?: unknown;
  /** As it came, bytes or text. */
  rawBody?: unknown;
}

/**
 * The body of a request, from the socket, or from what a body parser left. Cancelling it leaves the socket open: the
 * answer still has to go out.
 * @returns A stream that fails with a 400 where the body was read and not kept.
 */
export function bodyOf(source: Readable, parsed: ParsedBody): ReadableStream<Uint8Array> {
  if (parsed.rawBody instanceof Uint8Array) return streamOf(parsed.rawBody);
  // Not `body`: Express 4's json() sets `body = {}` on uploads that it left unread.
  if (!source.readableDidRead) return source.readableEnded ? streamOf() : streamFrom(source);
  const bytes = source.readableEnded ? bytesOf(parsed) : undefined;
  return bytes ? streamOf(bytes) : failed(alreadyRead());
}

function bytesOf({ body, rawBody }: ParsedBody): Uint8Array | undefined {
  const given = rawBody ?? body;
  if (given === undefined || given instanceof Uint8Array) return given;
  return new TextEncoder().encode(typeof given === "string" ? given : JSON.stringify(given));
}

const streamOf = (bytes?: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      if (bytes && bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });

const failed = (error: unknown): ReadableStream<Uint8Array> =>
  new ReadableStream({ start: (controller) => controller.error(error) });

/** Read ahead of the reader, in bytes. */
const AHEAD = new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 });

/** Not `Readable.toWeb`: cancelling that destroys the request, and takes its socket away from whoever logs it. */
function streamFrom(source: Readable): ReadableStream<Uint8Array> {
  if (source.destroyed) return failed(source.errored ?? left());
  let stop: (() => void) | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const take = (chunk: Uint8Array | string): void => {
          controller.enqueue(toBytes(chunk));
          if ((controller.desiredSize ?? 0) <= 0) source.pause();
        };
        const end = (): void => {
          stop?.();
          controller.close();
        };
        const fail = (error?: Error): void => {
          stop?.();
          controller.error(error ?? left());
        };
        stop = () => void source.off("data", take).off("end", end).off("close", fail);
        // This one stays: an error that nobody listens to would end the process.
        source.once("error", fail).once("end", end).once("close", fail).on("data", take);
      },
      pull: () => void source.resume(),
      cancel() {
        stop?.();
        source.resume();
      },
    },
    AHEAD,
  );
}

/** Text where somebody called `setEncoding`. Never Node's own class, whose `slice` does not copy. */
const toBytes = (chunk: Uint8Array | string): Uint8Array =>
  typeof chunk === "string"
    ? new TextEncoder().encode(chunk)
    : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const left = (): DOMException => new DOMException("The caller left.", "AbortError");

const alreadyRead = (): BedrockOpenAIError =>
  new BedrockOpenAIError(
    400,
    "The request body was read before it came here, and not kept. (HINT: Mount this API before whatever reads it.)",
    { type: "invalid_request_error", code: "body_already_read" },
  );
