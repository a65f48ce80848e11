import { joinReasoning } from "../../../src/conversation/reasoning/join.ts";
import type {
  Citation,
  ContentBlock,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
  Usage,
} from "../../../src/conversation/types.ts";
import type { Dialect } from "../../../src/dialects/dialect.ts";

interface Block {
  text?: string;
  citations: Citation[];
  reasoning?: ContentBlock["reasoningContent"];
  toolUse?: { toolUseId: string; name: string };
  input: string;
  closed: boolean;
}

export interface Folded {
  content: ContentBlock[];
  stopReason: StopReason | undefined;
  usage?: Usage;
}

/** What a dialect makes of the chunks of a stream. */
export function readAll(dialect: Dialect, chunks: readonly JsonObject[]): ConverseStreamEvent[] {
  const read = dialect.createReader();
  return chunks.flatMap((chunk) => read(chunk));
}

export const foldChunks = (dialect: Dialect, chunks: readonly JsonObject[]): Folded =>
  foldEvents(readAll(dialect, chunks));

/**
 * Events put together as their reader understands them.
 * @throws Error for what ConverseStream does not send: a block that is closed twice, never, or without having begun; an
 * index that comes back; anything but metadata after the stop.
 */
export function foldEvents(events: readonly ConverseStreamEvent[]): Folded {
  const blocks = new Map<number, Block>();
  let started = 0;
  const folded: Folded = { content: [], stopReason: undefined };
  const opened = (index: number, isStart = false): Block => {
    const known = blocks.get(index);
    if (known?.closed || (known && isStart)) throw new Error(`block ${index} was begun twice`);
    const block = known ?? { citations: [], input: "", closed: false };
    blocks.set(index, block);
    return block;
  };
  for (const event of events) {
    const { contentBlockStart: start, contentBlockDelta: delta, contentBlockStop: stop } = event;
    if (folded.stopReason !== undefined && !event.metadata) throw new Error("the message was over");
    if (event.messageStart) started += 1;
    else if (started !== 1 && !event.metadata) throw new Error("one start comes first");
    if (start?.start?.toolUse) opened(start.contentBlockIndex, true).toolUse = start.start.toolUse;
    if (delta) {
      const block = opened(delta.contentBlockIndex);
      const { text, toolUse, reasoningContent, citation } = delta.delta;
      if (text !== undefined) block.text = (block.text ?? "") + text;
      if (toolUse && !block.toolUse) throw new Error("arguments without a call");
      block.input += toolUse?.input ?? "";
      if (reasoningContent) block.reasoning = joinReasoning(block.reasoning, reasoningContent);
      if (citation) block.citations.push(citation);
    }
    if (stop) {
      const block = blocks.get(stop.contentBlockIndex);
      if (!block || block.closed) throw new Error("nothing to close");
      block.closed = true;
    }
    if (event.messageStop) folded.stopReason = event.messageStop.stopReason;
    if (event.metadata?.usage) folded.usage = event.metadata.usage;
  }
  if ([...blocks.values()].some(({ closed }) => !closed)) throw new Error("a block was left open");
  const ordered = [...blocks].toSorted(([one], [other]) => one - other);
  return { ...folded, content: ordered.map(([, block]) => toContent(block)) };
}

function toContent({ text = "", citations, reasoning, toolUse, input }: Block): ContentBlock {
  if (toolUse)
    return { toolUse: { ...toolUse, input: JSON.parse(input === "" ? "{}" : input) as JsonObject } };
  if (reasoning) return { reasoningContent: reasoning };
  return citations.length > 0 ? { citationsContent: { content: [{ text }], citations } } : { text };
}
