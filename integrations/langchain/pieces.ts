import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import { named } from "./errors.ts";
import { createChunkReader, type Piece } from "./from-chunk.ts";
import type { OutputVersion } from "./from-reply.ts";
import type { Answered, ChatCompletionChunk } from "../../src/index.ts";
import { toTokenUsage, usageOf } from "./usage.ts";

interface Listener {
  /** Which of several prompts this is. */
  prompt: number;
  runManager: CallbackManagerForLLMRun | undefined;
}

/** A stream in LangChain's chunks, each told to the callbacks. Leaving it early stops the model. */
export async function* toPieces(
  { value: chunks, ...call }: Answered<AsyncIterable<ChatCompletionChunk>>,
  version: OutputVersion,
  { prompt, runManager }: Listener,
): AsyncGenerator<Piece> {
  const read = createChunkReader(call, version);
  try {
    for await (const received of chunks) {
      for (const piece of read(received)) {
        yield piece;
        const { chunk, completion } = piece;
        await runManager?.handleLLMNewToken(
          chunk.text,
          { prompt, completion },
          undefined,
          undefined,
          undefined,
          {
            chunk,
          },
        );
      }
    }
  } catch (thrown) {
    throw named(thrown);
  }
}

/** All pieces of a stream as one result, a generation for each choice. */
export async function gathered(pieces: AsyncIterable<Piece>): Promise<ChatResult> {
  const generations: ChatGenerationChunk[] = [];
  for await (const { chunk, completion } of pieces)
    generations[completion] = generations[completion]?.concat(chunk) ?? chunk;
  const usage = usageOf(generations[0]?.message);
  return { generations, ...(usage && { llmOutput: { tokenUsage: toTokenUsage(usage) } }) };
}
