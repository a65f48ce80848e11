import { EventFlow, type Outlet } from "./event-flow.ts";
import { keepPlain } from "./plain-bodies.ts";
import { statusText } from "../status-text.ts";

const encoder = new TextEncoder();

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
 * @param stream As for `EventFlow`.
 */
export function toEventStream(
  ...stream: ConstructorParameters<typeof EventFlow>
): ReadableStream<Uint8Array> {
  const flow = new EventFlow(...stream);
  const body = new ReadableStream(new WebBody(flow), { highWaterMark: 0 });
  keepPlain(body, flow);
  return body;
}

/** Nothing is written before it is read: until then a door may take the flow itself. */
class WebBody implements Outlet {
  readonly #flow: EventFlow;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isAsked = false;

  constructor(flow: EventFlow) {
    this.#flow = flow;
  }

  pull(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#isAsked = true;
    this.#controller = controller;
    if (this.#flow.isRead) this.#flow.more();
    else this.#flow.into(this);
  }

  cancel(reason: unknown): void {
    this.#flow.leave(reason);
  }

  isFree(): boolean {
    return this.#isAsked;
  }

  write(text: string): void {
    this.#isAsked = false;
    this.#controller?.enqueue(encoder.encode(text));
  }

  end(): void {
    this.#controller?.close();
  }

  fail(error: unknown): void {
    this.#controller?.error(error);
  }
}
