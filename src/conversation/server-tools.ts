import type { ToolUse } from "./types.ts";

/** AWS's own tools were run by AWS: nobody is asked to. */
export const isServerTool = ({ type }: Pick<ToolUse, "type">): boolean => type === "server_tool_use";
