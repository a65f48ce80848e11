import type { CallContext } from "../../../context.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import { failureFrame } from "../../../flow/failure-frame.ts";
import type { ChunkEditor } from "./chunks.ts";

type Arrivals = AsyncIterator<string[], unknown, undefined>;

/** AWS's chunks, and a failure as the last frame: never `[DONE]` after an answer that broke off. */
export async function* toFrames(
  arrivals: Arrivals,
  editor: ChunkEditor,
  context: CallContext,
  model: string,
): AsyncGenerator<string, void, undefined> {
  let done = false;
  try {
    while (!done) {
      const { done: ended, value: texts = [] } = (await arrivals.next()) as IteratorResult<
        string[],
        undefined
      >;
      const last = texts.indexOf("[DONE]");
      done = ended === true || last >= 0;
      const { frames, failure } = writeAll(last < 0 ? texts : texts.slice(0, last), editor);
      if (frames !== "") yield frames;
      if (failure) throw brokenOff(model, failure);
    }
    yield writeEnd(editor, model);
  } catch (thrown) {
    yield failureFrame(thrown, context);
  } finally {
    const left = leave(arrivals, done).catch(() => undefined);
    if (done) await within(LINGER_MS, left);
    context.release();
  }
}

/** What can be read of an arrival, and what could not be. */
function writeAll(texts: readonly string[], editor: ChunkEditor): { frames: string; failure?: unknown } {
  let frames = "";
  try {
    for (const text of texts) {
      const chunk = editor.push(text);
      if (chunk !== undefined) frames += `data: ${chunk}\n\n`;
    }
    return { frames };
  } catch (failure) {
    return { frames, failure };
  }
}

function writeEnd(editor: ChunkEditor, model: string): string {
  if (!editor.complete) throw brokenOff(model);
  const last = editor.end();
  return `${last === undefined ? "" : `data: ${last}\n\n`}data: [DONE]\n\n`;
}

/** What comes after the last word is read to its end, so that the connection can serve others. */
async function leave(arrivals: Arrivals, done: boolean): Promise<void> {
  if (done) await arrivals.next();
  await arrivals.return?.();
}

/** A host that keeps the line open after its last word does not keep the caller. */
const LINGER_MS = 250;

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const brokenOff = (model: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(
    502,
    `The answer of '${model}' broke off: Bedrock's stream ended early or was damaged.`,
    { type: "server_error", code: "stream_interrupted", cause },
  );
