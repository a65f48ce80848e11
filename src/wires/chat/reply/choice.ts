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

/** Writes one chunk of this choice. */
export interface WriteChunk {
  (delta: ChatDelta, finish?: FinishReason): void;
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
export function createChoice(
  write: WriteChunk,
  form: ReplyForm = PLAIN_FORM,
): (event: ConverseStreamEvent) => void {
  const calls = new Map<number, CallWriter>();
  const open = new Map<number, OpenBlock>();
  let made = 0;
  let started = false;
  let length = 0;
  let current = -1;
  let currentStart = 0;

  const role = (): void => {
    if (started) return;
    started = true;
    write({ role: "assistant", content: "", refusal: null });
  };

  const startCall = (block: number, id: string, name: string): void => {
    const call = createCallWriter(made, callId(id, made), name, form);
    made += 1;
    calls.set(block, call);
    if (call.start) write(call.start);
  };

  const enter = (block: number): void => {
    if (block === current) return;
    current = block;
    currentStart = length;
  };

  const opened = (block: number): OpenBlock => {
    const known = open.get(block) ?? { start: currentStart, citations: [] };
    open.set(block, known);
    return known;
  };

  const delta = ({ contentBlockIndex: block, delta: part }: BlockDelta): void => {
    enter(block);
    if (part.text) {
      length += part.text.length;
      return write.text(part.text);
    }
    if (part.toolUse?.input) {
      const more = calls.get(block)?.push(part.toolUse.input);
      if (more) write(more);
      return;
    }
    if (part.citation) opened(block).citations.push(part.citation);
    if (!part.reasoningContent || !form.reasoning) return;
    const known = opened(block);
    known.reasoning = joinReasoning(known.reasoning, part.reasoningContent);
    const reasoning = part.reasoningContent.text;
    if (reasoning) write({ reasoning_content: reasoning, reasoning });
  };

  const close = (block: number): void => {
    const rest = calls.get(block)?.end();
    const known = open.get(block);
    open.delete(block);
    const thinking_blocks = known?.reasoning ? toThinkingBlocks(known.reasoning) : [];
    const annotations = known ? toAnnotations(known.citations, known.start, length) : [];
    if (rest) write(rest);
    if (thinking_blocks.length > 0) write({ thinking_blocks });
    if (annotations.length > 0) write({ annotations });
  };

  const finish = (stopReason: StopReason): void => {
    for (const block of [...calls.keys(), ...open.keys()]) close(block);
    write({}, toFinishReason(stopReason, calls.size > 0, form));
  };

  return ({ contentBlockDelta, messageStart, contentBlockStart, contentBlockStop, messageStop }) => {
    const starts = contentBlockStart?.start?.toolUse;
    const call = starts && !isServerTool(starts) ? starts : undefined;
    if (contentBlockDelta || messageStart || call || messageStop) role();
    if (contentBlockDelta) delta(contentBlockDelta);
    else if (contentBlockStart && call) {
      // A block that begins a second time is another one.
      close(contentBlockStart.contentBlockIndex);
      startCall(contentBlockStart.contentBlockIndex, call.toolUseId, call.name);
    } else if (contentBlockStop) close(contentBlockStop.contentBlockIndex);
    else if (messageStop) finish(messageStop.stopReason);
  };
}
