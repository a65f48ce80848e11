import type { ConverseStreamEvent, StopReason, Usage } from "../../conversation/types.ts";
import type { ChatDelta, ToolCallDelta } from "../../openai/chat-response.ts";
import type { ReplyHead } from "./encode.ts";
import { toFinishReason } from "./finish-reason.ts";
import { toChatUsage } from "./usage.ts";

export interface ChatStream {
  /** The SSE text of one event: empty, one chunk or several. */
  push(event: ConverseStreamEvent): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
}

interface OpenToolCall {
  index: number;
  hasArguments: boolean;
}

/**
 * ConverseStream events → chat completion chunks, as openai-contract §B4 has them: one role chunk, dense tool
 * indexes, `{}` for a call without arguments, one finish chunk.
 */
export function createChatStream(head: ReplyHead, includeUsage: boolean): ChatStream {
  const before = `data: {"id":${JSON.stringify(head.id)},"object":"chat.completion.chunk","created":${head.created},"model":${JSON.stringify(head.model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const calls = new Map<number, OpenToolCall>();
  let started = false;
  let usage: Usage | undefined;

  const chunk = (delta: ChatDelta, finish: string | null = null): string =>
    `${before}[{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${JSON.stringify(finish)}}]${after}`;

  const role = (): string => {
    if (started) return "";
    started = true;
    return chunk({ role: "assistant", content: "", refusal: null });
  };

  const startCall = (block: number, id: string, name: string): string => {
    const index = calls.size;
    calls.set(block, { index, hasArguments: false });
    return chunk({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
  };

  const fragment = (call: OpenToolCall, text: string): string => {
    call.hasArguments = true;
    const delta: ToolCallDelta = { index: call.index, function: { arguments: text } };
    return chunk({ tool_calls: [delta] });
  };

  const delta = ({
    contentBlockIndex,
    delta: part,
  }: NonNullable<ConverseStreamEvent["contentBlockDelta"]>): string => {
    if (part.text) return chunk({ content: part.text });
    if (part.toolUse?.input) {
      const call = calls.get(contentBlockIndex);
      return call ? fragment(call, part.toolUse.input) : "";
    }
    const reasoning = part.reasoningContent?.text;
    return reasoning ? chunk({ reasoning_content: reasoning, reasoning }) : "";
  };

  const closeCall = (block: number): string => {
    const call = calls.get(block);
    return call && !call.hasArguments ? fragment(call, "{}") : "";
  };

  const finish = (stopReason: StopReason): string => {
    const unclosed = [...calls.keys()].map(closeCall).join("");
    return unclosed + chunk({}, toFinishReason(stopReason, calls.size > 0));
  };

  return {
    push(event) {
      if (event.contentBlockDelta) return role() + delta(event.contentBlockDelta);
      if (event.messageStart) return role();
      if (event.contentBlockStart) {
        const { contentBlockIndex, start } = event.contentBlockStart;
        return start?.toolUse
          ? role() + startCall(contentBlockIndex, start.toolUse.toolUseId, start.toolUse.name)
          : "";
      }
      if (event.contentBlockStop) return closeCall(event.contentBlockStop.contentBlockIndex);
      if (event.messageStop) return role() + finish(event.messageStop.stopReason);
      if (event.metadata?.usage) usage = event.metadata.usage;
      return "";
    },
    end() {
      const last =
        includeUsage && usage ? `${before}[],"usage":${JSON.stringify(toChatUsage(usage))}}\n\n` : "";
      return `${last}data: [DONE]\n\n`;
    },
  };
}
