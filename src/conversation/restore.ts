import type { Restore } from "./fitting.ts";
import { textOf } from "./text-of.ts";
import type { ContentBlock, ConverseResponse, ConverseStreamEvent, StopReason } from "./types.ts";

const isNeeded = (restore: Restore): boolean => restore.toolNames.size > 0 || restore.jsonTool !== undefined;

/**
 * Undoes in a response what fitting did to the request: the caller's tool names come back, and the hidden tool's first
 * input is the whole text of the answer, whatever the model said beside it.
 */
export function restoreResponse(response: ConverseResponse, restore: Restore): ConverseResponse {
  if (!isNeeded(restore)) return response;
  const content = response.output.message.content.map((block) => withCallersName(block, restore));
  const json = content.find(({ toolUse }) => toolUse && toolUse.name === restore.jsonTool);
  const text = json && { text: JSON.stringify(json.toolUse?.input ?? {}) };
  const restored = text
    ? content.flatMap((block) => (block === json ? [text] : isSaid(block, restore) ? [] : [block]))
    : content;
  return {
    ...response,
    output: { ...response.output, message: { ...response.output.message, content: restored } },
    stopReason: restoreStopReason(
      response.stopReason,
      restored.some((block) => block.toolUse),
    ),
  };
}

function withCallersName(block: ContentBlock, { toolNames }: Restore): ContentBlock {
  const original = block.toolUse && toolNames.get(block.toolUse.name);
  return block.toolUse && original !== undefined ? { toolUse: { ...block.toolUse, name: original } } : block;
}

/** Prose around the JSON, or the JSON once more. */
const isSaid = (block: ContentBlock, { jsonTool }: Restore): boolean =>
  textOf(block) !== undefined || (block.toolUse !== undefined && block.toolUse.name === jsonTool);

/**
 * The same for a stream: a function from event to events, or undefined where there is nothing to undo. While the
 * hidden tool may still be called, text waits: it is the answer only if the call never comes.
 */
export function createEventRestorer(
  restore: Restore,
): ((event: ConverseStreamEvent) => ConverseStreamEvent[]) | undefined {
  if (!isNeeded(restore)) return undefined;
  const waits = restore.jsonTool !== undefined;
  let heldText: ConverseStreamEvent[] = [];
  let jsonBlock: number | undefined;
  let jsonIsEmpty = true;
  const ignored = new Set<number>();
  let callsTools = false;

  const startTool = (index: number, toolUse: { toolUseId: string; name: string }): ConverseStreamEvent[] => {
    const name = restore.toolNames.get(toolUse.name) ?? toolUse.name;
    if (name !== restore.jsonTool) {
      callsTools = true;
      return [{ contentBlockStart: { contentBlockIndex: index, start: { toolUse: { ...toolUse, name } } } }];
    }
    heldText = [];
    if (jsonBlock === undefined) jsonBlock = index;
    else ignored.add(index);
    return [];
  };

  return (event) => {
    const { contentBlockStart: start, contentBlockDelta: delta, contentBlockStop: stop, messageStop } = event;
    if (start?.start?.toolUse) return startTool(start.contentBlockIndex, start.start.toolUse);
    if (delta) {
      const { contentBlockIndex: index } = delta;
      if (ignored.has(index)) return [];
      if (index === jsonBlock) {
        const input = delta.delta.toolUse?.input ?? "";
        jsonIsEmpty &&= input === "";
        return asText(index, input);
      }
      if (!waits || delta.delta.text === undefined) return [event];
      if (jsonBlock === undefined) heldText.push(event);
      return [];
    }
    if (stop && stop.contentBlockIndex === jsonBlock && jsonIsEmpty) return asText(jsonBlock, "{}");
    if (!messageStop) return [event];
    const stopReason = restoreStopReason(messageStop.stopReason, callsTools);
    return [...heldText, { messageStop: { ...messageStop, stopReason } }];
  };
}

const asText = (contentBlockIndex: number, text: string): ConverseStreamEvent[] => [
  { contentBlockDelta: { contentBlockIndex, delta: { text } } },
];

const restoreStopReason = (stopReason: StopReason, callsTools: boolean): StopReason =>
  stopReason === "tool_use" && !callsTools ? "end_turn" : stopReason;
