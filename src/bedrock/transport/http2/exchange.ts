import { constants } from "node:http2";
import type { Answer, Asked } from "../asked.ts";
import { abortError, late } from "../failures.ts";
import { Body } from "./body.ts";
import { failureBeforeAnswer, failureOf, wantsHttp1 } from "./failure.ts";
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
export function exchange(
  session: Session,
  asked: Asked,
  bytes: Uint8Array | string | undefined,
  { signal, patience, onHttp1 }: Exchanging,
): Promise<Answer<Body>> {
  return new Promise((resolve, reject) => {
    const sent = { begun: performance.now(), heard: session.heard, isReused: session.served > 0 };
    const stream = session.request(headOf(asked), !bytes?.length);
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
    if (bytes?.length) stream.end(bytes);
  });
}
