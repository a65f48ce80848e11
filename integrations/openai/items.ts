import type { EventFlow } from "../../src/http/plain-bodies.ts";
import { eventAt } from "./events.ts";
import { Pieces } from "./pieces.ts";

/** How the client itself reads events. */
export type Decode = (events: string) => AsyncIterable<unknown>;

/**
 * What a stream of the client's says, read from its text. Whatever is not plain, such as a failure, the client decodes itself: each of its
 * versions has its own way to tell one. Like its own iterator it aborts the call where it is left before the end, and
 * ends where the call is aborted.
 */
export async function* items(
  flow: EventFlow,
  controller: AbortController,
  decode: Decode,
): AsyncGenerator<unknown, void, undefined> {
  const pieces = new Pieces(flow);
  const { signal } = controller;
  const leave = (): void => pieces.leave(signal.reason);
  signal.addEventListener("abort", leave);
  if (signal.aborted) leave();
  let isOver = false;
  try {
    for (let text: string | undefined; (text = await pieces.next()) !== undefined;) {
      for (let at = 0; at < text.length;) {
        const { name, data, end } = eventAt(text, at);
        const isComment = text.startsWith(":", at);
        if (data === DONE) isOver = true;
        // What comes after the last word no client hears.
        if (!isOver && !isComment) {
          const item = plainItem(name, data);
          if (item === undefined) yield* decode(text.slice(at, end));
          else yield item;
          if (signal.aborted) return;
        }
        at = end;
      }
    }
    isOver = true;
  } catch (error) {
    if (!isOver && !isAbort(error)) throw error;
  } finally {
    signal.removeEventListener("abort", leave);
    if (!isOver) controller.abort();
    pieces.leave();
  }
}

const DONE = "[DONE]";

/** Events of these names the client tells in another form, or throws. */
const SPECIAL = /^(error$|thread\.)/;

function plainItem(name: string | undefined, data: string | undefined): unknown {
  if (data === undefined || (name !== undefined && SPECIAL.test(name))) return undefined;
  try {
    const item = JSON.parse(data) as { error?: unknown } | null;
    return item?.error ? undefined : item;
  } catch {
    return undefined;
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";
