import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { withoutNulls } from "./edit-message.ts";

/** The tools and what goes with them; without a tool OpenAI takes none of it. */
export function editTools({
  tools,
  tool_choice: choice,
  parallel_tool_calls: parallel,
}: JsonObject): JsonObject {
  if (!Array.isArray(tools) || tools.length === 0)
    return { tools: undefined, tool_choice: undefined, parallel_tool_calls: undefined };
  return {
    tools: (tools as JsonObject[]).map(editTool),
    tool_choice: choice,
    parallel_tool_calls: parallel,
  };
}

function editTool(tool: JsonObject): JsonObject {
  const offered = withoutNulls(tool["function"] as JsonObject);
  const { parameters } = offered;
  // "object schema missing properties", says OpenAI of one that has none.
  const whole = isObject(parameters) && { parameters: { type: "object", properties: {}, ...parameters } };
  return { ...tool, function: { ...offered, ...whole } };
}
