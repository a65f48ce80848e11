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

type Chunks = Answered<AsyncIterable<ChatCompletionChunk>>;

/**
 * A stream in LangChain's chunks, each told to the callbacks. Leaving it early stops the model.
 * @param pick What of a piece comes out, if anything; all of them are told.
 */
export async function* toPieces<Picked>(
  ask: () => Promise<Chunks>,
  version: OutputVersion,
  { prompt, runManager }: Listener,
  pick: (piece: Piece) => Picked | undefined,
): AsyncGenerator<Picked> {
  const { value: chunks, ...call } = await ask();
  const read = createChunkReader(call, version);
  try {
    for await (const received of chunks) {
      for (const piece of read(received)) {
        const picked = pick(piece);
        if (picked !== undefined) yield picked;
        // Where nobody listens, nothing is waited for.
        if (runManager) await tell(runManager, piece, prompt);
      }
    }
  } catch (thrown) {
    throw named(thrown);
  }
}

const tell = (
  runManager: CallbackManagerForLLMRun,
  { chunk, completion }: Piece,
  prompt: number,
): Promise<void> =>
  runManager.handleLLMNewToken(chunk.text, { prompt, completion }, undefined, undefined, undefined, {
    chunk,
  });

/** All pieces of a stream as one result, a generation for each choice. */
export async function gathered(pieces: AsyncIterable<Piece>): Promise<ChatResult> {
  const generations: ChatGenerationChunk[] = [];
  for await (const { chunk, completion } of pieces)
    generations[completion] = generations[completion]?.concat(chunk) ?? chunk;
  const usage = usageOf(generations[0]?.message);
  return { generations, ...(usage && { llmOutput: { tokenUsage: toTokenUsage(usage) } }) };
}
