import type { CallContext } from "../context.ts";
import type { ConverseStreamEvent } from "../conversation/types.ts";
import { type Mapped, mapped, type Steps } from "../mapped.ts";
import { failureFrame } from "../flow/failure-frame.ts";

/** Writes the events of an answer, or of several side by side, as SSE text in a wire's own form. */
export interface FrameWriter {
  /** The SSE text of one event of a choice: empty, one chunk or several. */
  push(event: ConverseStreamEvent, choice?: number): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
  /** The SSE text of what was held back of an answer that broke off. */
  breakOff?(): string;
}

/**
 * One piece of text per arrival. A failure becomes the last frame, after what was said before it: never `[DONE]`, never a
 * silent end.
 * @param tellFailure Writes it as the wire does.
 */
export const toFrames = (
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  writer: FrameWriter,
  context: CallContext,
  tellFailure = failureFrame,
): Mapped<string> => mapped(arrivals[Symbol.asyncIterator](), new FrameSteps(writer, context, tellFailure));

class FrameSteps implements Steps<[number, ConverseStreamEvent[]], string> {
  readonly #writer: FrameWriter;
  readonly #context: CallContext;
  readonly #tellFailure: typeof failureFrame;
  #frames = "";

  constructor(writer: FrameWriter, context: CallContext, tellFailure: typeof failureFrame) {
    this.#writer = writer;
    this.#context = context;
    this.#tellFailure = tellFailure;
  }

  piece([choice, events]: [number, ConverseStreamEvent[]]): string | undefined {
    this.#frames = "";
    for (const event of events) this.#frames += this.#writer.push(event, choice);
    const told = this.#frames;
    this.#frames = "";
    return told === "" ? undefined : told;
  }

  last(): string {
    return this.#writer.end();
  }

  failed(thrown: unknown): string {
    return this.#frames + (this.#writer.breakOff?.() ?? "") + this.#tellFailure(thrown, this.#context);
  }

  end(): void {
    this.#context.release();
  }
}
