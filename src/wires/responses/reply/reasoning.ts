import { joinReasoning } from "../../../conversation/reasoning/join.ts";
import type { ContentBlockDelta, ReasoningContent } from "../../../conversation/types.ts";
import type { ReasoningItem } from "../../../openai/responses/response.ts";
import type { ItemWriter, Place, Write } from "./slot.ts";

type Thought = NonNullable<ContentBlockDelta["reasoningContent"]>;

/** Says whether there is anything in a thought: some models begin with nothing. */
export const isThought = ({ text, signature, redactedContent }: Thought): boolean =>
  Boolean(text || signature || redactedContent);

/** Seals what the model has to get back unchanged. */
export type SealThoughts = (blocks: readonly ReasoningContent[]) => string;

export interface ReasoningWriter extends ItemWriter {
  think(block: number, thought: Thought): void;
  /** The block is complete. */
  stop(block: number): void;
}

interface Thinking {
  reasoning: ReasoningContent;
  /** Of its summary part; undefined where nothing of it can be read. */
  index?: number;
}

/** What the model thinks: a summary part for each block that can be read, and all of them sealed for the next turn. */
export function createReasoning(
  { item_id, output_index }: Place,
  write: Write,
  seal: SealThoughts,
): ReasoningWriter {
  const open = new Map<number, Thinking>();
  const all: Thinking[] = [];
  const summary: ReasoningItem["summary"] = [];
  let sealed: string | undefined;

  const begin = (block: number): Thinking => {
    const thinking: Thinking = { reasoning: {} };
    all.push(thinking);
    open.set(block, thinking);
    return thinking;
  };
  const say = (thinking: Thinking, delta: string): void => {
    if (thinking.index === undefined) {
      thinking.index = summary.length;
      summary.push({ type: "summary_text", text: "" });
      write({
        type: "response.reasoning_summary_part.added",
        item_id,
        output_index,
        summary_index: thinking.index,
        part: { type: "summary_text", text: "" },
      });
    }
    const summary_index = thinking.index;
    summary[summary_index]!.text += delta;
    write({ type: "response.reasoning_summary_text.delta", item_id, output_index, summary_index, delta });
  };
  const stop = (block: number): void => {
    const summary_index = open.get(block)?.index;
    open.delete(block);
    if (summary_index === undefined) return;
    const place = { item_id, output_index, summary_index };
    const { text } = summary[summary_index]!;
    write({ type: "response.reasoning_summary_text.done", ...place, text });
    write({
      type: "response.reasoning_summary_part.done",
      ...place,
      part: { type: "summary_text", text },
    });
  };

  write({
    type: "response.output_item.added",
    output_index,
    item: { id: item_id, type: "reasoning", summary: [], status: "in_progress" },
  });
  return {
    think(block, thought) {
      const thinking = open.get(block) ?? begin(block);
      thinking.reasoning = joinReasoning(thinking.reasoning, thought);
      if (thought.text) say(thinking, thought.text);
    },
    stop,
    item: (status) => ({
      id: item_id,
      type: "reasoning",
      summary: summary.map(({ type, text }) => ({ type, text })),
      ...(sealed !== undefined && { encrypted_content: sealed }),
      status,
    }),
    close() {
      for (const block of open.keys()) stop(block);
      sealed = seal(all.map(({ reasoning }) => reasoning));
    },
  };
}
