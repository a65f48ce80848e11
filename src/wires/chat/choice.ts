import type { ConverseStreamEvent, StopReason } from "../../conversation/types.ts";
import type { ChatDelta, FinishReason } from "../../openai/chat-response.ts";
import { toFinishReason } from "./finish-reason.ts";

/** Writes one chunk of this choice. */
export interface WriteChunk {
  (delta: ChatDelta, finish?: FinishReason): string;
  /** The same for a piece of text, which nearly every chunk is. */
  text(content: string): string;
}

interface OpenToolCall {
  index: number;
  hasArguments: boolean;
}

type BlockDelta = NonNullable<ConverseStreamEvent["contentBlockDelta"]>;

/**
 * One choice of a stream: a ConverseStream event → the text of its chunks, none or several. One role chunk, dense tool
 * indexes, `{}` for a call without arguments, one finish chunk (openai-contract §B4).
 */
export function createChoice(write: WriteChunk): (event: ConverseStreamEvent) => string {
  const calls = new Map<number, OpenToolCall>();
  let started = false;

  const role = (): string => {
    if (started) return "";
    started = true;
    return write({ role: "assistant", content: "", refusal: null });
  };

  const startCall = (block: number, id: string, name: string): string => {
    const index = calls.size;
    calls.set(block, { index, hasArguments: false });
    return write({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
  };

  const fragment = (call: OpenToolCall, text: string): string => {
    call.hasArguments = true;
    return write({ tool_calls: [{ index: call.index, function: { arguments: text } }] });
  };

  const delta = ({ contentBlockIndex, delta: part }: BlockDelta): string => {
    if (part.text) return write.text(part.text);
    if (part.toolUse?.input) {
      const call = calls.get(contentBlockIndex);
      return call ? fragment(call, part.toolUse.input) : "";
    }
    const reasoning = part.reasoningContent?.text;
    return reasoning ? write({ reasoning_content: reasoning, reasoning }) : "";
  };

  const closeCall = (block: number): string => {
    const call = calls.get(block);
    return call && !call.hasArguments ? fragment(call, "{}") : "";
  };

  const finish = (stopReason: StopReason): string => {
    const unclosed = [...calls.keys()].map(closeCall).join("");
    return unclosed + write({}, toFinishReason(stopReason, calls.size > 0));
  };

  return (event) => {
    if (event.contentBlockDelta) return role() + delta(event.contentBlockDelta);
    if (event.messageStart) return role();
    if (event.contentBlockStart) {
      const { contentBlockIndex, start } = event.contentBlockStart;
      if (!start?.toolUse) return "";
      return role() + startCall(contentBlockIndex, start.toolUse.toolUseId, start.toolUse.name);
    }
    if (event.contentBlockStop) return closeCall(event.contentBlockStop.contentBlockIndex);
    return event.messageStop ? role() + finish(event.messageStop.stopReason) : "";
  };
}
