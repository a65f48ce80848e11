import type { CallContext } from "../context.ts";
import type { ConverseStreamEvent } from "../conversation/types.ts";
import { failureFrame } from "../flow/failure-frame.ts";

/** Writes the events of an answer, or of several side by side, as SSE text in a wire's own form. */
export interface FrameWriter {
  /** The SSE text of one event of a choice: empty, one chunk or several. */
  push(event: ConverseStreamEvent, choice?: number): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
}

/**
 * One piece of text per arrival. A failure becomes the last frame, after what was said before it: never `[DONE]`, never a
 * silent end.
 * @param tellFailure Writes it as the wire does.
 */
export async function* toFrames(
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  writer: FrameWriter,
  context: CallContext,
  tellFailure = failureFrame,
): AsyncGenerator<string, void, undefined> {
  let frames = "";
  try {
    for await (const [choice, events] of arrivals) {
      frames = "";
      for (const event of events) frames += writer.push(event, choice);
      if (frames !== "") yield frames;
      frames = "";
    }
    yield writer.end();
  } catch (thrown) {
    yield frames + tellFailure(thrown, context);
  } finally {
    context.release();
  }
}
