import { once } from "../once.ts";

/** Only AWS's native endpoints speak it. */
const loadParser = once(() => import("eventsource-parser"));

/** Far above any chunk of a model's answer. */
const MAX_EVENT_CHARS = 16 * 1024 * 1024;

/**
 * The `data` of server-sent events, grouped as they arrived.
 * @throws Error for an event that never ends.
 */
export async function* readSse(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void, undefined> {
  const { createParser } = await loadParser();
  const decoder = new TextDecoder();
  let events: string[] = [];
  let pending = 0;
  const parser = createParser({
    onEvent({ data, event }) {
      pending = 0;
      // Some hosts tell of a failure by the event's name alone.
      events.push(event === "error" && !data.includes('"error"') ? JSON.stringify({ error: data }) : data);
    },
  });
  for await (const bytes of body) {
    pending += bytes.byteLength;
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (events.length > 0) yield events;
    events = [];
    if (pending > MAX_EVENT_CHARS) throw new Error("An event of the stream has no end.");
  }
}
