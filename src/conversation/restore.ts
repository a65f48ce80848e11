import type { Restore } from "./fitting.ts";
import type { ContentBlock, ConverseResponse, ConverseStreamEvent, StopReason } from "./types.ts";

const isNeeded = (restore: Restore): boolean => restore.toolNames.size > 0 || restore.jsonTool !== undefined;

/** Undoes in a response what fitting did to the request: the caller's tool names, and JSON as text. */
export function restoreResponse(response: ConverseResponse, restore: Restore): ConverseResponse {
  if (!isNeeded(restore)) return response;
  const content = response.output.message?.content?.map((block) => restoreBlock(block, restore)) ?? [];
  return {
    ...response,
    output: { ...response.output, message: { ...response.output.message, content } },
    stopReason: restoreStopReason(
      response.stopReason,
      content.some((block) => block.toolUse),
    ),
  };
}

function restoreBlock(block: ContentBlock, { toolNames, jsonTool }: Restore): ContentBlock {
  if (!block.toolUse) return block;
  const name = toolNames.get(block.toolUse.name) ?? block.toolUse.name;
  if (name === jsonTool) return { text: JSON.stringify(block.toolUse.input ?? {}) };
  return { toolUse: { ...block.toolUse, name } };
}

/** The same for a stream: a function from event to event that remembers which block is the hidden tool. */
export function createEventRestorer(restore: Restore): (event: ConverseStreamEvent) => ConverseStreamEvent {
  if (!isNeeded(restore)) return (event) => event;
  const jsonBlocks = new Set<number>();
  let callsTools = false;
  return (event) => {
    const { contentBlockStart: start, contentBlockDelta: delta, messageStop } = event;
    if (start?.start?.toolUse) {
      const { toolUse } = start.start;
      const name = restore.toolNames.get(toolUse.name) ?? toolUse.name;
      if (name === restore.jsonTool) {
        jsonBlocks.add(start.contentBlockIndex);
        return { contentBlockStart: { contentBlockIndex: start.contentBlockIndex } };
      }
      callsTools = true;
      return { contentBlockStart: { ...start, start: { toolUse: { ...toolUse, name } } } };
    }
    if (delta?.delta.toolUse && jsonBlocks.has(delta.contentBlockIndex)) {
      return { contentBlockDelta: { ...delta, delta: { text: delta.delta.toolUse.input ?? "" } } };
    }
    if (messageStop) {
      return {
        messageStop: { ...messageStop, stopReason: restoreStopReason(messageStop.stopReason, callsTools) },
      };
    }
    return event;
  };
}

const restoreStopReason = (stopReason: StopReason, callsTools: boolean): StopReason =>
  stopReason === "tool_use" && !callsTools ? "end_turn" : stopReason;
