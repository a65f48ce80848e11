import type { CallContext } from "../context.ts";
import type { ConverseStreamEvent } from "../conversation/types.ts";
import { streamFailure } from "../flow/stream-failure.ts";

/** Writes the events of an answer, or of several side by side, as the chunks of a wire. */
export interface ChunkWriter<Chunk> {
  /** The chunks of one event of a choice: none, one or several. */
  push(event: ConverseStreamEvent, choice?: number): Chunk[];
  /** The chunks after the last event. */
  end(): Chunk[];
}

/**
 * One chunk after the other.
 * @throws BedrockOpenAIError for a failure, after the chunks before it: an answer that breaks off never looks complete.
 */
export async function* toChunks<Chunk>(
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>,
  writer: ChunkWriter<Chunk>,
  context: CallContext,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    for await (const [choice, events] of arrivals)
      for (const event of events) for (const chunk of writer.push(event, choice)) yield chunk;
    for (const chunk of writer.end()) yield chunk;
  } catch (thrown) {
    throw streamFailure(thrown, context);
  } finally {
    context.release();
  }
}
