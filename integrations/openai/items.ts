import type { TakenFlow } from "../../src/http/plain-bodies.ts";
import { eventAt } from "./events.ts";
import { type Piece, Pieces } from "./pieces.ts";

/** How the client itself reads events. */
export type Decode = (events: string | ReadableStream) => AsyncIterable<unknown>;

/**
 * What a stream of the client's says, read from its text. Whatever is not plain, such as a failure or why it was aborted, the client decodes
 * itself: each of its versions has its own way to tell one. Like its own iterator it aborts the call where it is left before
 * the end.
 */
export async function* items(
  { flow, close }: TakenFlow,
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
    for (let piece: Piece; (piece = await pieces.next()) !== undefined;) {
      if (typeof piece !== "string") {
        // What comes after the last word no client hears.
        if (!isOver) yield* decode(failing(piece.error));
        return;
      }
      for (let at = 0; at < piece.length && !isOver && !signal.aborted;) {
        const { name, data, isComment, end } = eventAt(piece, at);
        if (data === DONE) isOver = true;
        else if (!isComment) {
          const item = plainItem(name, data);
          if (item === undefined) yield* decode(piece.slice(at, end));
          else yield item;
        }
        at = end;
      }
    }
    isOver = true;
  } catch (error) {
    // Whoever reads may throw one into it, which the client's own iterator takes for leaving.
    if (!isAbort(error)) throw error;
  } finally {
    signal.removeEventListener("abort", leave);
    if (!isOver) controller.abort();
    pieces.leave();
    close();
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

const failing = (error: unknown): ReadableStream =>
  new ReadableStream({ start: (controller) => controller.error(error) });
