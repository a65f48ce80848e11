import { statusText } from "../status-text.ts";

const encoder = new TextEncoder();

/** Comments are the only keep-alive that every OpenAI client ignores (contract §C). */
const PING = encoder.encode(": keep-alive\n\n");
const PING_EVERY_MS = 15_000;

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
 * the model thinks; `onCancel` runs when the reader leaves before the end.
 */
export function toEventStream(
  frames: AsyncIterator<string, unknown, undefined>,
  onCancel: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  let ping: ReturnType<typeof setInterval> | undefined;
  let quiet = true;
  const stop = (): void => clearInterval(ping);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      ping = setInterval(() => {
        if (quiet && (controller.desiredSize ?? 0) > 0) controller.enqueue(PING);
        quiet = true;
      }, PING_EVERY_MS);
    },
    async pull(controller) {
      try {
        const { done, value } = await frames.next();
        quiet = false;
        if (!done) return controller.enqueue(encoder.encode(value));
        stop();
        controller.close();
      } catch (error) {
        stop();
        controller.error(error);
      }
    },
    async cancel(reason) {
      stop();
      onCancel(reason);
      // Lets whoever waits at a `yield` tidy up; what it still throws has no reader.
      await frames.return?.().catch(() => undefined);
    },
  });
}
