import type { CallContext } from "../../../context.ts";
import { callerLeft, toBedrockOpenAIError } from "../../../errors.ts";
import { report } from "../../../report.ts";
import type { Store } from "../../../store/store.ts";
import { toErrorEvent } from "../failure.ts";
import { createResponseFrames } from "../frames.ts";
import { type Asked, showEvent } from "../shown.ts";
import { follow, type Following } from "./follow.ts";

interface Telling extends Following {
  /** What of it the reader asked for. */
  asked: Asked;
}

/**
 * A kept response's events as SSE text, with the numbers that they are kept under. Where they cannot be read any further, the
 * reader is told so, and the response goes on.
 */
export async function* toldFrames(
  context: CallContext,
  store: Store,
  id: string,
  { asked, ...following }: Telling,
): AsyncGenerator<string, void, undefined> {
  const shown = showEvent(asked);
  let next = following.after + 1;
  try {
    for await (const { first, events } of follow(context, store, id, following)) {
      next = first + events.length;
      yield createResponseFrames(first)(events.map(shown));
    }
  } catch (thrown) {
    if (callerLeft(following.signal)) return;
    const error = toBedrockOpenAIError(thrown);
    report(error, context);
    yield createResponseFrames(next)([toErrorEvent(error)]);
  }
}
