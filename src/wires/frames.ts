import type { CallContext } from "../context.ts";
import type { ConverseStreamEvent } from "../conversation/types.ts";
import { type Mapped, mapped } from "../mapped.ts";
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
export function toFrames(
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  writer: FrameWriter,
  context: CallContext,
  tellFailure = failureFrame,
): Mapped<string> {
  let frames = "";
  return mapped(arrivals[Symbol.asyncIterator](), {
    piece([choice, events]) {
      frames = "";
      for (const event of events) frames += writer.push(event, choice);
      const told = frames;
      frames = "";
      return told === "" ? undefined : told;
    },
    last: () => writer.end(),
    failed: (thrown) => frames + tellFailure(thrown, context),
    end: context.release,
  });
}
