import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import { type InputItem, type ItemKind, type ItemOf, kindOf } from "../../../openai/responses/items.ts";
import type { PlacedItem } from "../asked.ts";
import { readCompaction, readReasoning } from "./sealed.ts";
import { readMessage } from "./message.ts";
import type { Read, Reading } from "./reading.ts";
import { customCall, functionCall, toolOutput } from "./calls.ts";
import {
  localShellCall,
  localShellOutput,
  patchCall,
  patchOutput,
  shellCall,
  shellOutput,
} from "./shell-calls.ts";

export type ReadItem<Kind extends ItemKind> = (item: ItemOf<Kind>, at: string, reading: Reading) => Read[];

const nothing = (): Read[] => [];

const READERS: { [Kind in ItemKind]: ReadItem<Kind> } = {
  message: readMessage,
  item_reference: (item, at) => {
    throw unresolved(String(item.id), at);
  },
  reasoning: readReasoning,
  compaction: readCompaction,
  function_call: functionCall,
  function_call_output: toolOutput,
  custom_tool_call: customCall,
  custom_tool_call_output: toolOutput,
  local_shell_call: localShellCall,
  local_shell_call_output: localShellOutput,
  shell_call: shellCall,
  shell_call_output: shellOutput,
  apply_patch_call: patchCall,
  apply_patch_call_output: patchOutput,
  // What they bring is offered with the request's own tools.
  additional_tools: nothing,
  tool_search_output: nothing,
};

/**
 * What items say in a conversation, one by one. What OpenAI's own tools left in a history is left out.
 * @throws BedrockOpenAIError 400 naming the item.
 */
export const readItems = (items: readonly PlacedItem[], reading: Reading): Read[] =>
  items.flatMap(({ item, at }) => {
    const kind = kindOf(item);
    const read = readerOf(kind);
    if (read) return read(item, at, reading);
    reading.decoding.noteOnce(at, "dropped", `Items of type '${kind.slice(0, 64)}' are not sent.`);
    return [];
  });

/** Of what was validated when it came, by its kind: docs of InputItem. */
const readerOf = (kind: string): ((item: InputItem, at: string, reading: Reading) => Read[]) | undefined =>
  Object.hasOwn(READERS, kind)
    ? (READERS[kind as ItemKind] as (item: InputItem, at: string, reading: Reading) => Read[])
    : undefined;

const unresolved = (id: string, at: string): BedrockOpenAIError =>
  invalidRequest(`Item with id '${id.slice(0, 128)}' not found.`, { param: `${at}.id` });
