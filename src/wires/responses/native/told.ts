import type { CallContext } from "../../../context.ts";
import { streamFailure } from "../../../flow/stream-failure.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { hearResponse } from "../../../record/hear-response.ts";
import { brokenOff } from "../../native/broken-off.ts";
import { leave, OVER } from "../../native/leave.ts";
import { failureEvents } from "../failure.ts";
import { createEventEditor, type EventEditor } from "./events.ts";

/**
 * AWS's events, edited, grouped as they arrived.
 * @param opening The response as it begins.
 */
export async function* told(
  arrivals: AsyncIterator<string[], unknown, undefined>,
  opening: ResponseObject,
  context: CallContext,
): AsyncGenerator<ResponseEvent[], void, undefined> {
  const { record } = context;
  const editor = createEventEditor(opening, context);
  // What AWS may still be sending is stopped when the call is over, which is not to look as if its caller had left.
  context.atEnd(() => queueMicrotask(() => context.abort(OVER)));
  let over = false;
  try {
    while (!over) {
      const { done, value = [] } = (await arrivals.next()) as IteratorResult<string[], undefined>;
      const { events, failure } = editAll(value, editor);
      over = done === true || editor.complete;
      if (editor.begun) record.firstTokenAt ??= performance.now();
      if (editor.complete) hearResponse(record, editor.soFar());
      if (events.length > 0) yield events;
      if (failure || (over && !editor.complete)) throw brokenOff(opening.model, failure);
    }
  } catch (thrown) {
    yield failureEvents(streamFailure(thrown, context), editor.soFar());
  } finally {
    await leave(arrivals, over);
  }
}

/** What can be read of an arrival, and what could not be. */
function editAll(
  texts: readonly string[],
  editor: EventEditor,
): { events: ResponseEvent[]; failure?: unknown } {
  const events: ResponseEvent[] = [];
  try {
    for (const text of texts) events.push(...editor.push(text));
    return { events };
  } catch (failure) {
    return { events, failure };
  }
}
