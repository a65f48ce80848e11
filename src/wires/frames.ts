import type { CallContext } from "../context.ts";
import type { ConverseStreamEvent } from "../conversation/types.ts";
import { toBedrockOpenAIError } from "../errors.ts";

/** Writes the events of an answer, or of several side by side, as SSE text in a wire's own form. */
export interface FrameWriter {
  /** The SSE text of one event of a choice: empty, one chunk or several. */
  push(event: ConverseStreamEvent, choice?: number): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
}

/** One piece of text per arrival. A failure becomes the last frame: never `[DONE]`, never a silent end. */
export async function* toFrames(
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  writer: FrameWriter,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const [choice, events] of arrivals) {
      let frames = "";
      for (const event of events) frames += writer.push(event, choice);
      if (frames !== "") yield frames;
    }
    yield writer.end();
  } catch (thrown) {
    yield failureFrame(thrown, context);
  } finally {
    context.release();
  }
}

/**
 * A failure as the last frame of a stream, which it ends.
 * @throws The caller's reason where the caller left: nobody reads on.
 */
export function failureFrame(thrown: unknown, context: CallContext): string {
  if (context.signal.aborted) throw context.signal.reason;
  const error = toBedrockOpenAIError(thrown);
  context.log.error(`bedrock-openai: ${error.message}`, {
    requestId: context.requestId,
    code: error.code,
    cause: error.cause,
  });
  context.abort(error);
  return `data: ${JSON.stringify(error.toBody())}\n\n`;
}
