import * as z from "../../schema/z.ts";
import { cacheMarks, jsonObject } from "../cache-marks.ts";
import { assistantPart } from "../chat-parts.ts";
import { listOf } from "../list-of.ts";
import { meantBy } from "../token-ids.ts";
import { inputPart, instructionPart, toolOutputPart } from "./parts.ts";
import { responseTool } from "./tools.ts";

/** What a request's `input` may hold, as OpenAI's API reference defines it. */

const content = <Part extends z.Schema>(part: Part) => z.union([z.string(), listOf(part)]);

const filled = z.string().min(1);

/** An item of one kind. Whatever else is in it stays. */
const itemWith = <Shape extends z.Shape>(shape: Shape) =>
  z.looseObject({ type: z.string().nullish(), id: z.string().nullish(), ...shape });

const instructions = itemWith({
  role: z.enum(["system", "developer"]),
  content: content(instructionPart),
  ...cacheMarks,
});

const userMessage = itemWith({ role: z.literal("user"), content: content(inputPart), ...cacheMarks });

/** Also as an answer told it. History may come from other providers: what is not text is left to the decoder. */
const assistantMessage = itemWith({
  role: z.literal("assistant"),
  content: content(assistantPart),
  ...cacheMarks,
});

const ROLES = {
  user: userMessage,
  assistant: assistantMessage,
  system: instructions,
  developer: instructions,
};

const otherRole = itemWith({ role: z.enum(["user", "assistant", "system", "developer"]) });

const message = meantBy<MessageItem>((value) => {
  const role = memberOf(value, "role");
  const known = typeof role === "string" && Object.hasOwn(ROLES, role);
  // No message is left for the second: it says what is wrong with the role.
  return known ? ROLES[role as keyof typeof ROLES] : (otherRole as unknown as z.Schema<MessageItem>);
});

const named = { call_id: filled, name: filled, namespace: z.string().nullish() };

const result = itemWith({ call_id: filled, output: content(toolOutputPart), ...cacheMarks });

const SCHEMAS = {
  message,
  item_reference: itemWith({ id: filled }),
  reasoning: itemWith({
    summary: listOf(z.looseObject({ text: z.string() })).nullish(),
    content: listOf(z.looseObject({ text: z.string().nullish() })).nullish(),
    encrypted_content: z.string().nullish(),
  }),
  compaction: itemWith({ encrypted_content: z.string() }),
  function_call: itemWith({ ...named, arguments: z.string(), ...cacheMarks }),
  function_call_output: result,
  custom_tool_call: itemWith({ ...named, input: z.string() }),
  custom_tool_call_output: result,
  local_shell_call: itemWith({
    call_id: filled,
    action: z.looseObject({ command: listOf(z.string()) }),
  }),
  // It answers the item by its id, or the call.
  local_shell_call_output: itemWith({
    call_id: z.string().nullish(),
    output: z.string(),
  }),
  shell_call: itemWith({ call_id: filled, action: z.looseObject({ commands: listOf(z.string()) }) }),
  shell_call_output: itemWith({ call_id: filled, output: z.union([z.string(), listOf(jsonObject)]) }),
  apply_patch_call: itemWith({
    call_id: filled,
    operation: z.looseObject({ type: z.string(), path: z.string(), diff: z.string().nullish() }),
  }),
  apply_patch_call_output: itemWith({
    call_id: filled,
    status: z.string().nullish(),
    output: z.string().nullish(),
  }),
  additional_tools: itemWith({ tools: listOf(responseTool, 0, 128) }),
  tool_search_output: itemWith({ tools: listOf(responseTool, 0, 128) }),
};

/** What OpenAI's own tools and servers left in a history; nothing of it can be told to a model on Bedrock. */
export const FOREIGN_ITEMS = [
  "web_search_call",
  "file_search_call",
  "code_interpreter_call",
  "image_generation_call",
  "computer_call",
  "computer_call_output",
  "tool_search_call",
  "mcp_list_tools",
  "mcp_approval_request",
  "mcp_approval_response",
  "mcp_call",
  "program",
  "program_output",
  "compaction_trigger",
  "configuration_update",
] as const;

const known = z.enum([...(Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]), ...FOREIGN_ITEMS]);

/** An item of any kind: what is right for its kind was seen when it came. */
export type InputItem = {
  type?: string | null | undefined;
  id?: string | null | undefined;
  [member: string]: unknown;
};

export type ItemKind = keyof typeof SCHEMAS;

export type ItemOf<Kind extends ItemKind> = Kind extends "message"
  ? MessageItem
  : z.output<(typeof SCHEMAS)[Kind]>;

export type MessageItem =
  | z.output<typeof userMessage>
  | z.output<typeof assistantMessage>
  | z.output<typeof instructions>;

/** The kind of an item. A message may leave it away, and a reference: it has nothing but an id. */
export function kindOf(item: unknown): string {
  const type = memberOf(item, "type");
  if (typeof type === "string") return type;
  const refers = memberOf(item, "role") === undefined && typeof memberOf(item, "id") === "string";
  return refers ? "item_reference" : "message";
}

const noItem = z.looseObject({});
const otherItem = itemWith({ type: known });

export const inputItem = meantBy<InputItem>((value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return noItem;
  const kind = kindOf(value);
  return Object.hasOwn(SCHEMAS, kind) ? (SCHEMAS[kind as ItemKind] as z.Schema<InputItem>) : otherItem;
});

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
