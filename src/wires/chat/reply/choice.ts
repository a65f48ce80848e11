import { isServerTool } from "../../../conversation/server-tools.ts";
import { joinReasoning } from "../../../conversation/reasoning/join.ts";
import type {
  Citation,
  ConverseStreamEvent,
  ReasoningContent,
  StopReason,
} from "../../../conversation/types.ts";
import type { ChatDelta, FinishReason } from "../../../openai/chat-response.ts";
import { toAnnotations } from "./annotations.ts";
import { callId } from "../../reply/call-id.ts";
import { type CallWriter, createCallWriter } from "./call-writer.ts";
import { toFinishReason } from "./finish-reason.ts";
import { PLAIN_FORM, type ReplyForm } from "./form.ts";
import { toThinkingBlocks } from "./thinking-blocks.ts";

/** Writes the chunks of a choice, one by one. */
export interface WriteChunk {
  delta(delta: ChatDelta, finish?: FinishReason): void;
  /** The same for a piece of text, which nearly every chunk is. */
  text(content: string): void;
}

type BlockDelta = NonNullable<ConverseStreamEvent["contentBlockDelta"]>;

/** What is told of a block only when it is complete. */
interface OpenBlock {
  /** Where its text begins in the answer. */
  start: number;
  citations: Citation[];
  reasoning?: ReasoningContent;
}

/**
 * One choice of a stream: writes the chunks of a ConverseStream event, none or several. One role chunk, dense tool
 * indexes, `{}` for a call without arguments, one finish chunk (openai-contract §B4).
 */
export class Choice {
  readonly #write: WriteChunk;
  readonly #form: ReplyForm;
  /** Most answers have none of either. */
  #calls: Map<number, CallWriter> | undefined;
  #open: Map<number, OpenBlock> | undefined;
  #made = 0;
  #started = false;
  #length = 0;
  #current = -1;
  #currentStart = 0;

  constructor(write: WriteChunk, form: ReplyForm = PLAIN_FORM) {
    this.#write = write;
    this.#form = form;
  }

  push(event: ConverseStreamEvent): void {
    // Before the others are asked for: nearly every event is one.
    if (event.contentBlockDelta) {
      this.#role();
      return this.#delta(event.contentBlockDelta);
    }
    const { messageStart, contentBlockStart, contentBlockStop, messageStop } = event;
    const starts = contentBlockStart?.start?.toolUse;
    const call = starts && !isServerTool(starts) ? starts : undefined;
    if (messageStart || call || messageStop) this.#role();
    if (contentBlockStart && call) {
      // A block that begins a second time is another one.
      this.#close(contentBlockStart.contentBlockIndex);
      this.#startCall(contentBlockStart.contentBlockIndex, call.toolUseId, call.name);
    } else if (contentBlockStop) this.#close(contentBlockStop.contentBlockIndex);
    else if (messageStop) this.#finish(messageStop.stopReason);
  }

  #role(): void {
    if (this.#started) return;
    this.#started = true;
    this.#write.delta({ role: "assistant", content: "", refusal: null });
  }

  #startCall(block: number, id: string, name: string): void {
    const call = createCallWriter(this.#made, callId(id, this.#made), name, this.#form);
    this.#made += 1;
    (this.#calls ??= new Map<number, CallWriter>()).set(block, call);
    if (call.start) this.#write.delta(call.start);
  }

  #enter(block: number): void {
    if (block === this.#current) return;
    this.#current = block;
    this.#currentStart = this.#length;
  }

  #opened(block: number): OpenBlock {
    const open = (this.#open ??= new Map<number, OpenBlock>());
    const known = open.get(block) ?? { start: this.#currentStart, citations: [] };
    open.set(block, known);
    return known;
  }

  #delta({ contentBlockIndex: block, delta: part }: BlockDelta): void {
    this.#enter(block);
    if (part.text) {
      this.#length += part.text.length;
      return this.#write.text(part.text);
    }
    if (part.toolUse?.input) {
      const more = this.#calls?.get(block)?.push(part.toolUse.input);
      if (more) this.#write.delta(more);
      return;
    }
    if (part.citation) this.#opened(block).citations.push(part.citation);
    if (!part.reasoningContent || !this.#form.reasoning) return;
    const known = this.#opened(block);
    known.reasoning = joinReasoning(known.reasoning, part.reasoningContent);
    const reasoning = part.reasoningContent.text;
    if (reasoning) this.#write.delta({ reasoning_content: reasoning, reasoning });
  }

  #close(block: number): void {
    const rest = this.#calls?.get(block)?.end();
    const known = this.#open?.get(block);
    this.#open?.delete(block);
    const thinking_blocks = known?.reasoning ? toThinkingBlocks(known.reasoning) : [];
    const annotations = known ? toAnnotations(known.citations, known.start, this.#length) : [];
    if (rest) this.#write.delta(rest);
    if (thinking_blocks.length > 0) this.#write.delta({ thinking_blocks });
    if (annotations.length > 0) this.#write.delta({ annotations });
  }

  #finish(stopReason: StopReason): void {
    const calls = this.#calls?.keys() ?? [];
    const open = this.#open?.keys() ?? [];
    for (const block of [...calls, ...open]) this.#close(block);
    this.#write.delta({}, toFinishReason(stopReason, this.#calls !== undefined, this.#form));
  }
}
