import type { Restore } from "./fitting.ts";
import { createJsonText } from "./json-text.ts";
import { isRestoreNeeded, restoreStopReason } from "./restore.ts";
import { isServerTool } from "./server-tools.ts";
import type { ConverseStreamEvent, ToolUse } from "./types.ts";

type Restorer = (event: ConverseStreamEvent) => ConverseStreamEvent[];

/**
 * `restoreResponse` for a stream, but for the stop sequences (`stop-batches.ts`): a function from event to events, or
 * undefined where there is nothing to undo. While the hidden tool may still be called, text waits: it is the answer only
 * if the call never comes.
 */
export function createEventRestorer(restore: Restore): Restorer | undefined {
  if (!isRestoreNeeded(restore)) return undefined;
  const json = restore.jsonText ? createJsonFilter() : undefined;
  if (restore.jsonTool !== undefined) return createHiddenTool(restore, json);
  const named = createRenamer(restore);
  return json ? (event) => named(event).flatMap(json) : named;
}

/** The caller's names of tools. */
function createRenamer({ toolNames }: Restore): Restorer {
  return (event) => {
    const { contentBlockStart: start } = event;
    const original = start?.start?.toolUse && toolNames.get(start.start.toolUse.name);
    if (original === undefined || !start) return [event];
    const toolUse = { ...start.start!.toolUse!, name: original };
    return [{ contentBlockStart: { ...start, start: { toolUse } } }];
  };
}

function createHiddenTool(restore: Restore, json: Restorer = (event) => [event]): Restorer {
  let heldText: ConverseStreamEvent[] = [];
  let jsonBlock: number | undefined;
  let jsonIsEmpty = true;
  const ignored = new Set<number>();
  let callsTools = false;

  const startTool = (index: number, toolUse: Omit<ToolUse, "input">): ConverseStreamEvent[] => {
    const name = restore.toolNames.get(toolUse.name) ?? toolUse.name;
    if (name !== restore.jsonTool) {
      callsTools ||= !isServerTool(toolUse);
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
        return [asText(index, input)];
      }
      if (delta.delta.text === undefined && !delta.delta.citation) return [event];
      if (jsonBlock === undefined) heldText.push(event);
      return [];
    }
    if (stop && stop.contentBlockIndex === jsonBlock && jsonIsEmpty) return [asText(jsonBlock, "{}")];
    if (!messageStop) return [event];
    const stopReason = restoreStopReason(messageStop.stopReason, callsTools);
    return [...heldText, { messageStop: { ...messageStop, stopReason } }].flatMap(json);
  };
}

/** Lets of all text only the JSON through. */
function createJsonFilter(): Restorer {
  const json = createJsonText();
  let last = 0;
  return (event) => {
    const { contentBlockDelta: delta, messageStop } = event;
    if (delta?.delta.text !== undefined) {
      last = delta.contentBlockIndex;
      const text = json.push(delta.delta.text);
      return text === "" ? [] : [asText(last, text)];
    }
    // Offsets of citations would be those of the text around the JSON.
    if (delta?.delta.citation) return [];
    if (!messageStop) return [event];
    const rest = json.end();
    return rest === "" ? [event] : [asText(last, rest), event];
  };
}

const asText = (contentBlockIndex: number, text: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { text } },
});
