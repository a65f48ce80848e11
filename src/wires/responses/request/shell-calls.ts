import type { JsonObject } from "../../../conversation/types.ts";
import type { ItemOf } from "../../../openai/responses/items.ts";
import type { OfferedTool } from "../form.ts";
import { answering, calling } from "./calls.ts";
import type { Read, Reading } from "./reading.ts";

/** Calls of the tools for which functions stand in, as calls of these, and what came of them. */

export const localShellCall = (item: ItemOf<"local_shell_call">, at: string, reading: Reading): Read[] =>
  standIn("local_shell", item.call_id, item.action, at, reading);

export const shellCall = (item: ItemOf<"shell_call">, at: string, reading: Reading): Read[] =>
  standIn("shell", item.call_id, item.action, at, reading);

export function patchCall(item: ItemOf<"apply_patch_call">, at: string, { toolbox }: Reading): Read[] {
  const { type, path, diff } = item.operation;
  const name = toolbox.nameOf("apply_patch", "apply_patch");
  return callOf(name, item.call_id, { type, path, ...(diff != null && { diff }) }, at, "apply patch call");
}

function standIn(
  kind: OfferedTool["kind"],
  id: string,
  action: JsonObject,
  at: string,
  { toolbox }: Reading,
): Read[] {
  const said = Object.entries(action).filter(([name, value]) => name !== "type" && isSaid(value));
  const words = `${kind.replaceAll("_", " ")} call`;
  return callOf(toolbox.nameOf(kind, kind), id, Object.fromEntries(said), at, words);
}

/** An item has members of which its call said nothing. */
const isSaid = (value: unknown): boolean => value != null && JSON.stringify(value) !== "{}";

const callOf = (name: string, id: string, input: JsonObject, at: string, kind: string): Read[] =>
  calling({ id, type: "function", function: { name, arguments: JSON.stringify(input) } }, at, kind);

/** OpenAI's clients answer the item by its id, others the call. */
export function localShellOutput(
  { call_id, id, output }: ItemOf<"local_shell_call_output">,
  at: string,
  { callIds }: Reading,
): Read[] {
  const answered = call_id ?? id ?? "";
  return answering({ role: "tool", tool_call_id: callIds.get(answered) ?? answered, content: output }, at);
}

export function shellOutput(item: ItemOf<"shell_call_output">, at: string): Read[] {
  const { call_id, output } = item;
  const content = typeof output === "string" ? output : JSON.stringify(output);
  return answering({ role: "tool", tool_call_id: call_id, content }, at);
}

export function patchOutput(item: ItemOf<"apply_patch_call_output">, at: string): Read[] {
  const { call_id, output, status } = item;
  const failed = status === "failed";
  const content = output || (failed ? "The patch failed." : "The patch was applied.");
  return answering({ role: "tool", tool_call_id: call_id, content, ...(failed && { is_error: true }) }, at);
}
