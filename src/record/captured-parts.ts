import { textOf } from "../conversation/text-of.ts";
import type { ContentBlock, ContentBlockDelta, ConverseStreamEvent } from "../conversation/types.ts";
import type { OutputMessage, Part } from "./output-message.ts";
import { toFinishReason } from "./finish-reason.ts";

export const textPart = (content: string): Part => ({ type: "text", content });
export const reasoningPart = (content: string): Part => ({ type: "reasoning", content });
export const callPart = (id: string, name: string, args: unknown): Part => ({
  type: "tool_call",
  id,
  name,
  arguments: args,
});

/** A block of an answer; what is hidden in it stays so. */
export function partsOf(block: ContentBlock): Part[] {
  const { toolUse, reasoningContent } = block;
  const text = textOf(block);
  if (text !== undefined) return [textPart(text)];
  if (toolUse) return [callPart(toolUse.toolUseId, toolUse.name, toolUse.input ?? {})];
  const thought = reasoningContent?.reasoningText?.text;
  return thought === undefined ? [] : [reasoningPart(thought)];
}

/** Puts the blocks of a streamed answer together, in their order. */
export function createStreamedAnswer(message: OutputMessage): (event: ConverseStreamEvent) => void {
  const blocks = new Map<number, Part>();
  const at = (index: number, make: () => Part): Part => {
    const known = blocks.get(index);
    if (known) return known;
    const part = make();
    blocks.set(index, part);
    message.parts.push(part);
    return part;
  };
  return ({ contentBlockStart: start, contentBlockDelta: piece, messageStop }) => {
    const call = start?.start?.toolUse;
    if (start && call) at(start.contentBlockIndex, () => callPart(call.toolUseId, call.name, ""));
    if (piece) {
      const [text, make] = wordsOf(piece.delta);
      if (make) append(at(piece.contentBlockIndex, make), text);
    }
    if (messageStop) message.finish_reason = toFinishReason(messageStop.stopReason);
  };
}

function wordsOf({ text, toolUse, reasoningContent }: ContentBlockDelta): [string, (() => Part)?] {
  if (text !== undefined) return [text, () => textPart("")];
  if (toolUse?.input !== undefined) return [toolUse.input, () => callPart("", "", "")];
  if (reasoningContent?.text !== undefined) return [reasoningContent.text, () => reasoningPart("")];
  return [""];
}

/** A call's arguments are its text. */
export function append(part: Part, text: string): void {
  const member = part.type === "tool_call" ? "arguments" : "content";
  part[member] = `${String(part[member])}${text}`;
}
