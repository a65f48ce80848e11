import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { inlineReferences, type Room, roomForReferences } from "../json-schema/references.ts";
import { isCompilable, toStrictSchema } from "../json-schema/strict-schema.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, JsonObject, ToolSpec } from "../types.ts";

const NOT_STRICT: Adjustment = {
  param: "tools",
  action: "dropped",
  reason: "Arguments follow the schema by the model's own effort: strict is not available here.",
};

const PLAINER: Adjustment = {
  param: "tools",
  action: "emulated",
  reason: "This model takes schemas without references and with no other keywords at their root.",
};

/** Tool definitions as the model reads them: strict only where it is compiled, plain where nothing else is taken. */
export function toolSpecs(conversation: Conversation, traits: Traits): Fitted {
  const { toolConfig } = conversation;
  if (!toolConfig) return unchanged(conversation);
  const notes = new Set<Adjustment>();
  const room = roomForReferences();
  const tools = toolConfig.tools.map((tool) =>
    tool.toolSpec ? { toolSpec: plain(strict(tool.toolSpec, traits, notes), traits, notes, room) } : tool,
  );
  return { conversation: { ...conversation, toolConfig: { ...toolConfig, tools } }, adjustments: [...notes] };
}

function strict(spec: ToolSpec, traits: Traits, notes: Set<Adjustment>): ToolSpec {
  if (!spec.strict) return spec;
  const { json } = spec.inputSchema;
  if (traits.strictTools && isCompilable(json))
    return { ...spec, inputSchema: { json: toStrictSchema(json) } };
  notes.add(NOT_STRICT);
  const { strict: _, ...rest } = spec;
  return rest;
}

const PLAIN_KEYS = ["type", "properties", "required"];

function plain(spec: ToolSpec, traits: Traits, notes: Set<Adjustment>, room: Room): ToolSpec {
  const { json } = spec.inputSchema;
  if (traits.toolSchema === "any" || Object.keys(json).every((key) => PLAIN_KEYS.includes(key))) return spec;
  const inlined = inlineReferences(json, room);
  const schema: JsonObject = Object.fromEntries(
    PLAIN_KEYS.flatMap((key) => (key in inlined ? [[key, inlined[key]]] : [])),
  );
  if (Object.keys(json).some((key) => !SILENT.has(key))) notes.add(PLAINER);
  return { ...spec, inputSchema: { json: schema } };
}

/** Keywords that say nothing a model would miss. */
const SILENT: ReadonlySet<string> = new Set([
  ...PLAIN_KEYS,
  "$schema",
  "$id",
  "title",
  "additionalProperties",
]);
