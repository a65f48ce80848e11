import { UNREAD_MS, unread } from "./unread.ts";
import { statusText } from "../status-text.ts";

const encoder = new TextEncoder();

/** Comments are the only keep-alive that every OpenAI client ignores (contract §C). */
const PING = encoder.encode(": keep-alive\n\n");
const PING_EVERY_MS = 15_000;
const FIRST_PING_MS = 50;

const HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/event-stream; charset=utf-8",
  // `no-transform` keeps compression middleware from holding events back.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** An event stream as a response; see `toEventStream`. */
export const eventStreamResponse = (...stream: Parameters<typeof toEventStream>): Response =>
  new Response(toEventStream(...stream), { statusText: statusText(200), headers: HEADERS });

/**
 * Turns ready-made SSE text into a response body: pulled, so a slow reader slows Bedrock down; pinged while
 * the model thinks; `onCancel` runs when the reader leaves before the end, or has read nothing for 15 minutes.
 * @param pingEvery How long a silence may last, in milliseconds.
 */
export function toEventStream(
  frames: AsyncIterator<string, unknown, undefined>,
  onCancel: (reason: unknown) => void,
  pingEvery = PING_EVERY_MS,
): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastWrite = Number.NEGATIVE_INFINITY;
  const stop = (): void => clearTimeout(timer);

  const write = (controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void => {
    lastWrite = performance.now();
    controller.enqueue(bytes);
  };
  /** Looks again when the silence could have become too long; an answer that flows costs no timer per piece. */
  const watchSilence = (controller: ReadableStreamDefaultController<Uint8Array>, ms: number): void => {
    timer = setTimeout(() => {
      const silence = performance.now() - lastWrite;
      const isRead = (controller.desiredSize ?? 0) > 0;
      if (!isRead && silence >= UNREAD_MS) return leave(controller);
      if (silence >= pingEvery && isRead) write(controller, PING);
      watchSilence(controller, Math.max(pingEvery / 15, pingEvery - (performance.now() - lastWrite)));
    }, ms);
    // A response that nobody reads must not keep a process alive.
    (timer as { unref?: () => void }).unref?.();
  };

  const leave = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const reason = unread();
    end(reason);
    controller.error(reason);
  };
  const end = (reason: unknown): void => {
    stop();
    onCancel(reason);
    // Lets whoever waits at a `yield` tidy up; what it still throws has no reader.
    void frames.return?.().catch(() => undefined);
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Soon the first time: it sends the headers on their way while the model has yet to speak.
      watchSilence(controller, FIRST_PING_MS);
    },
    async pull(controller) {
      try {
        const { done, value } = await frames.next();
        if (!done) return write(controller, encoder.encode(value));
        stop();
        controller.close();
      } catch (error) {
        stop();
        controller.error(error);
      }
    },
    cancel: end,
  });
}
