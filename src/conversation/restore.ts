import type { Restore } from "./fitting.ts";
import { extractJson } from "./json-text.ts";
import { isServerTool } from "./server-tools.ts";
import { cutResponse } from "./stop-content.ts";
import { textOf } from "./text-of.ts";
import type { ContentBlock, ConverseResponse, StopReason } from "./types.ts";

export const isRestoreNeeded = ({ toolNames, jsonTool, jsonText }: Restore): boolean =>
  toolNames.size > 0 || jsonTool !== undefined || jsonText;

/**
 * Undoes in a response what fitting did to the request: the caller's tool names come back, and the hidden tool's first
 * input is the whole text of the answer, whatever the model said beside it; where it was not called, the answer is the
 * JSON in what was said. What the caller then sees ends before the first stop sequence.
 */
export const restoreResponse = (response: ConverseResponse, restore: Restore): ConverseResponse =>
  cutResponse(restoreContent(response, restore), restore.stopAt);

function restoreContent(response: ConverseResponse, restore: Restore): ConverseResponse {
  if (!isRestoreNeeded(restore)) return response;
  const content = response.output.message.content.map((block) => withCallersName(block, restore));
  const json = content.find(({ toolUse }) => toolUse && toolUse.name === restore.jsonTool);
  const restored = json ? withJson(content, json, restore) : restore.jsonText ? onlyJson(content) : content;
  return {
    ...response,
    output: { ...response.output, message: { ...response.output.message, content: restored } },
    stopReason: restoreStopReason(
      response.stopReason,
      restored.some(({ toolUse }) => toolUse && !isServerTool(toolUse)),
    ),
  };
}

function withCallersName(block: ContentBlock, { toolNames }: Restore): ContentBlock {
  const original = block.toolUse && toolNames.get(block.toolUse.name);
  return block.toolUse && original !== undefined ? { toolUse: { ...block.toolUse, name: original } } : block;
}

function withJson(content: ContentBlock[], json: ContentBlock, restore: Restore): ContentBlock[] {
  const text = { text: JSON.stringify(json.toolUse?.input ?? {}) };
  return content.flatMap((block) => (block === json ? [text] : isSaid(block, restore) ? [] : [block]));
}

/** Prose around the JSON, or the JSON once more. */
const isSaid = (block: ContentBlock, { jsonTool }: Restore): boolean =>
  textOf(block) !== undefined || (block.toolUse !== undefined && block.toolUse.name === jsonTool);

function onlyJson(content: ContentBlock[]): ContentBlock[] {
  const said = content.filter((block) => textOf(block) !== undefined);
  const text = extractJson(said.map(textOf).join(""));
  return content.flatMap((block) =>
    block === said[0] ? [{ text }] : textOf(block) === undefined ? [block] : [],
  );
}

export const restoreStopReason = (stopReason: StopReason, callsTools: boolean): StopReason =>
  stopReason === "tool_use" && !callsTools ? "end_turn" : stopReason;
