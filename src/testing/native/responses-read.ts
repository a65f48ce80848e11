import type { JsonObject } from "../../conversation/types.ts";
import { isObject } from "../rules/request.ts";

/** Items of a Responses input or output, told apart by their type; a message need not name it. */
export type Item = JsonObject;

/** The input as items. */
export function inputItems({ input }: JsonObject): Item[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return Array.isArray(input) ? input.filter(isObject) : [];
}

/** A Responses body as the Chat Completions body that asks for the same. */
export function asChatBody(body: JsonObject, items: readonly Item[], effort: string): JsonObject {
  const { instructions, temperature, top_p, parallel_tool_calls, max_output_tokens: limit } = body;
  const system = typeof instructions === "string" ? [{ role: "system", content: instructions }] : [];
  const optional = {
    temperature,
    top_p,
    parallel_tool_calls,
    max_completion_tokens: limit,
    tools: tools(body),
    tool_choice: toolChoice(body),
    response_format: responseFormat(body),
  };
  return {
    messages: [...system, ...items.flatMap(asMessage)],
    reasoning_effort: effort,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

type AsMessages = (item: Item) => JsonObject[];

/** What an earlier thought said, the model alone can read. */
const MESSAGES: Readonly<Record<string, AsMessages>> = {
  message: ({ role, content }) => [{ role, content: asContent(content) }],
  function_call: ({ call_id: id, name, arguments: json }) => [
    { role: "assistant", tool_calls: [{ id, type: "function", function: { name, arguments: json } }] },
  ],
  function_call_output: ({ call_id: id, output }) => [
    { role: "tool", tool_call_id: id, content: asContent(output) },
  ],
};

export const ITEM_TYPES = [...Object.keys(MESSAGES), "reasoning"];

function asMessage(item: Item): JsonObject[] {
  return MESSAGES[String(item["type"] ?? "message")]?.(item) ?? [];
}

function asContent(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content
    .filter(isObject)
    .map(({ type, text, refusal, image_url: url }) =>
      type === "input_image"
        ? { type: "image_url", image_url: { url } }
        : { type: "text", text: text ?? refusal },
    );
}

function tools({ tools: offered }: JsonObject): JsonObject[] | undefined {
  if (!Array.isArray(offered)) return undefined;
  return offered.filter(isObject).map(({ name, description, parameters }) => ({
    type: "function",
    function: {
      name,
      ...(description != null && { description }),
      ...(parameters != null && { parameters }),
    },
  }));
}

function toolChoice({ tool_choice: choice }: JsonObject): unknown {
  return isObject(choice) ? { type: "function", function: { name: choice["name"] } } : choice;
}

function responseFormat({ text }: JsonObject): JsonObject | undefined {
  const format = isObject(text) ? text["format"] : undefined;
  if (!isObject(format)) return undefined;
  const { type, ...schema } = format;
  return type === "json_schema" ? { type, json_schema: schema } : { type };
}
