import { type ClientHttp2Stream, constants } from "node:http2";
import type { Answer, Asked } from "../asked.ts";
import { abortError, late } from "../failures.ts";
import { Body } from "./body.ts";
import { failureBeforeAnswer, failureOf, type Sent, wantsHttp1 } from "./failure.ts";
import { headOf, headersOf } from "./head.ts";
import type { Session } from "./session.ts";

export interface Exchanging {
  signal: AbortSignal | undefined;
  /** Milliseconds until an answer must have begun; 0 for no bound. */
  patience: number;
  /** The host wants HTTP/1.1 for it. */
  onHttp1(): void;
}

/**
 * Asks on a session that has been entered for it, and leaves it when the stream is over.
 * @param bytes The request's body.
 * @throws An error of Node's network, marked stale where nobody has read the request; `AbortError`; `TimeoutError`.
 */
export async function exchange(
  session: Session,
  asked: Asked,
  bytes: Uint8Array | string | undefined,
  exchanging: Exchanging,
): Promise<Answer<Body>> {
  const sent = { begun: performance.now(), heard: session.heard, isReused: session.served > 0 };
  const stream = begin(session, asked, !bytes?.length, exchanging.signal);
  const answer = answerTo(stream, session, sent, exchanging);
  if (bytes?.length) stream.end(bytes);
  return answer;
}

/** @throws What keeps a request from being sent. */
function begin(
  session: Session,
  asked: Asked,
  isEmpty: boolean,
  signal: AbortSignal | undefined,
): ClientHttp2Stream {
  try {
    // While the session was looked for.
    if (signal?.aborted) throw abortError(signal.reason);
    return session.request(headOf(asked), isEmpty);
  } catch (error) {
    session.leave();
    throw error;
  }
}

const answerTo = (
  stream: ClientHttp2Stream,
  session: Session,
  sent: Sent,
  { signal, patience, onHttp1 }: Exchanging,
): Promise<Answer<Body>> =>
  new Promise((resolve, reject) => {
    let body: Body | undefined;
    let cause: Error | undefined;

    const giveUp = (reason: Error): void => {
      reject(reason);
      if (body) body.destroy(reason);
      else stream.close(constants.NGHTTP2_CANCEL);
    };
    const leave = (): void => giveUp(abortError(signal?.reason));
    const timer = patience > 0 ? setTimeout(() => giveUp(late(patience)), patience) : undefined;
    signal?.addEventListener("abort", leave, { once: true });

    stream.once("response", (head) => {
      clearTimeout(timer);
      const headers = headersOf(head);
      body = new Body(stream, stream.endAfterHeaders ? NaN : Number(headers["content-length"]));
      resolve({ response: { statusCode: head[":status"] ?? -1, headers, body } });
    });
    stream.on("error", (error) => (cause = error));
    stream.once("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
      body?.settle(() => failureOf(stream, cause));
      if (wantsHttp1(stream)) onHttp1();
      if (!body) reject(failureBeforeAnswer(stream, session, sent, cause));
      session.leave();
    });
  });
