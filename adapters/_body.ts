import type { Readable } from "node:stream";
import type { BodyReader } from "../src/http/plain-bodies.ts";
import { BedrockOpenAIError } from "../src/index.ts";
import { readerFrom } from "./_reader.ts";

/** What stood before us made of the body: body parsers of Express, Koa and serverless hosts use these two names. */
export interface ParsedBody {
  body?: unknown;
  /** As it came, bytes or text. */
  rawBody?: unknown;
}

/** What a parser has made of JSON counts before what it has kept of it as it came: the app may have changed it since. */
export function asMeant(parsed: ParsedBody, contentType: string | null): ParsedBody {
  const { body, rawBody } = parsed;
  return rawBody !== undefined && JSON_TYPE.test(contentType ?? "") && isParsed(body)
    ? { rawBody: bytesOf({ body })! }
    : parsed;
}

const JSON_TYPE = /[/+]json\b/i;

/** Empty is also what a parser leaves that has read nothing. */
const isParsed = (body: unknown): boolean =>
  typeof body === "object" && body !== null && !ArrayBuffer.isView(body) && Object.keys(body).length > 0;

/**
 * The body of a request, from the socket, or from what a body parser left. Cancelling it leaves the socket open: the
 * answer still has to go out.
 * @returns A stream that fails with a 400 where the body was read and not kept.
 */
export function bodyOf(source: Readable, parsed: ParsedBody): ReadableStream<Uint8Array> {
  if (parsed.rawBody instanceof Uint8Array) return streamOf(parsed.rawBody);
  // Not `body`: Express 4's json() sets `body = {}` on uploads that it left unread.
  if (!source.readableDidRead) return source.readableEnded ? streamOf() : streamFrom(readerFrom(source));
  const bytes = source.readableEnded ? bytesOf(parsed) : undefined;
  return bytes ? streamOf(bytes) : failed(alreadyRead());
}

/** The same without a stream; undefined where it does not come from the socket. */
export const bodyReaderOf = (source: Readable, { rawBody }: ParsedBody): BodyReader | undefined =>
  rawBody instanceof Uint8Array || source.readableDidRead || source.readableEnded
    ? undefined
    : readerFrom(source);

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

const streamFrom = (reader: BodyReader): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => reader.cancel(),
  });

const alreadyRead = (): BedrockOpenAIError =>
  new BedrockOpenAIError(
    400,
    "The request body was read before it came here, and not kept. (HINT: Mount this API before whatever reads it.)",
    { type: "invalid_request_error", code: "body_already_read" },
  );
