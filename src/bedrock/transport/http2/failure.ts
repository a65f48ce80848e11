import { type ClientHttp2Stream, constants } from "node:http2";
import { closedAtOnce, markStale } from "../stale.ts";
import type { Session } from "./session.ts";

/** When a request was sent, and what had come by then. */
export interface Sent {
  begun: number;
  heard: number;
  /** Whether the session had served before. */
  isReused: boolean;
}

/** The host takes HTTP/1.1 alone, of this. */
export const wantsHttp1 = (stream: ClientHttp2Stream): boolean =>
  stream.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED;

/** What Node's network says is kept; the rest is said as HTTP/1.1 would have said it. */
const NETWORK = /^E[A-Z]+$/;

/** What a stream failed with that has ended before its answer. Each has an error of its own, for the SDK writes into them. */
export function failureOf(stream: ClientHttp2Stream, cause: NodeJS.ErrnoException | undefined): Error {
  const code = NETWORK.test(cause?.code ?? "") ? cause?.code : "ECONNRESET";
  const why = cause?.message ?? `closed with code ${stream.rstCode}`;
  return Object.assign(new Error(`The HTTP/2 stream broke off: ${why}`, { cause }), { code });
}

/**
 * The same of a stream without any answer, marked where nobody has read its request: the host says so, it was never sent, or
 * the kept connection had been closed.
 */
export function failureBeforeAnswer(
  stream: ClientHttp2Stream,
  session: Session,
  sent: Sent,
  cause: NodeJS.ErrnoException | undefined,
): Error {
  const failure = failureOf(stream, cause);
  const isRefused =
    stream.id === undefined ||
    stream.id > session.lastRead ||
    stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ||
    wantsHttp1(stream);
  const wasClosed = sent.isReused && session.heard === sent.heard && closedAtOnce(failure, sent.begun);
  if (isRefused || wasClosed) markStale(failure);
  return failure;
}
