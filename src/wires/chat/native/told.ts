import type { CallContext } from "../../../context.ts";
import { hearingChat, hearUsage } from "../../../record/hear-chat.ts";
import { brokenOff } from "../../native/broken-off.ts";
import { leave, OVER } from "../../native/leave.ts";
import { type ChunkForm, createChunkEditor } from "./chunks.ts";
import type { Origin } from "./envelope.ts";

/** A stream of AWS's own chunks, as it arrives. */
export interface Passing {
  arrivals: AsyncIterator<string[], unknown, undefined>;
  origin: Origin;
  includeUsage: boolean;
}

/** What chunks leave as: each `Told` at once. */
export interface Outlet<Chunk, Told> extends ChunkForm<Chunk> {
  /** What arrived together. */
  tell(chunks: readonly Chunk[]): Iterable<Told>;
  /** @param last What was counted, where it was asked for. */
  end(last: Chunk | undefined): Iterable<Told>;
  /** @throws The failure, where nothing stands for it. */
  failed(thrown: unknown, context: CallContext): Told;
}

/** AWS's chunks, edited: an answer that broke off has no end. */
export async function* told<Chunk, Told>(
  { arrivals, origin, includeUsage }: Passing,
  outlet: Outlet<Chunk, Told>,
  context: CallContext,
): AsyncGenerator<Told, void, undefined> {
  const { record } = context;
  const editor = createChunkEditor(origin, includeUsage, outlet);
  const hears = hearingChat(record);
  let done = false;
  let counted = false;
  const count = (): void => {
    if (!counted) hearUsage(record, editor.usage);
    counted = true;
  };
  try {
    while (!done) {
      const { done: ended, value: texts = [] } = (await arrivals.next()) as IteratorResult<
        string[],
        undefined
      >;
      const last = texts.indexOf("[DONE]");
      done = ended === true || last >= 0;
      const said = last < 0 ? texts : texts.slice(0, last);
      const { chunks, failure } = editAll(said, editor.push);
      hears(said);
      if (editor.begun) record.firstTokenAt ??= performance.now();
      for (const told of outlet.tell(chunks)) yield told;
      if (failure) throw brokenOff(origin.model, failure);
    }
    if (!editor.complete) throw brokenOff(origin.model);
    // Who keeps the answer does so before its end is told.
    count();
    for (const told of outlet.end(editor.end())) yield told;
  } catch (thrown) {
    yield outlet.failed(thrown, context);
  } finally {
    count();
    // Before anything is waited for: clients leave after the last word, and have had the whole answer.
    context.release();
    await leave(arrivals, done);
    context.abort(OVER);
  }
}

/** What can be read of an arrival, and what could not be. */
function editAll<Chunk>(
  texts: readonly string[],
  edit: (text: string) => Chunk | undefined,
): { chunks: Chunk[]; failure?: unknown } {
  const chunks: Chunk[] = [];
  try {
    for (const text of texts) {
      const chunk = edit(text);
      if (chunk !== undefined) chunks.push(chunk);
    }
    return { chunks };
  } catch (failure) {
    return { chunks, failure };
  }
}
