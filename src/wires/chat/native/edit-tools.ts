import type { JsonObject } from "../../../conversation/types.ts";
import { withWholeSchema } from "../../native/plain-tools.ts";
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

const editTool = (tool: JsonObject): JsonObject => ({
  ...tool,
  function: withWholeSchema(withoutNulls(tool["function"] as JsonObject)),
});
