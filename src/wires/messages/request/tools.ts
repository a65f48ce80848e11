import type { CustomTool } from "../../../anthropic/tools.ts";
import type { JsonObject, Tool, ToolConfig } from "../../../conversation/types.ts";
import type { Decoding } from "../../request/decoding.ts";
import { decodeToolChoice } from "../../request/tool-choice.ts";
import { decodeTool } from "../../request/tools.ts";
import { decodeOwnTools, isOwnTool, type OwnTools } from "./own-tools.ts";
import type { AskedRequest } from "./shape.ts";

export interface DecodedTools extends OwnTools {
  /** Undefined when no tool of the caller's own may be called. */
  toolConfig: ToolConfig | undefined;
  /** A choice that only Claude's own body can say: of Anthropic's tools. */
  choice: JsonObject | undefined;
}

/** @throws BedrockOpenAIError 400 for a choice among tools that are not offered. */
export function decodeTools(
  { tools: asked, tool_choice: choice }: Pick<AskedRequest, "tools" | "tool_choice">,
  decoding: Decoding,
): DecodedTools {
  const given = asked ?? [];
  const offered = given.flatMap((tool, index) =>
    isOwnTool(tool) ? [] : decodeCustom(tool, `tools.${index}`, decoding),
  );
  const own = choice?.type === "none" ? { tools: [], betas: [] } : decodeOwnTools(given, decoding);
  const isOwn = choice?.type === "tool" && own.tools.some(({ name }) => name === choice.name);
  if (choice && own.tools.length > 0 && (isOwn || offered.length === 0))
    return { ...own, toolConfig: offered.length > 0 ? { tools: offered } : undefined, choice: { ...choice } };
  const { tools, toolChoice } = decodeToolChoice(choice, offered, decoding);
  const isOffered = tools.some((tool) => tool.toolSpec);
  return {
    ...own,
    toolConfig: isOffered ? { tools, ...(toolChoice && { toolChoice }) } : undefined,
    choice: undefined,
  };
}

function decodeCustom(tool: CustomTool, at: string, decoding: Decoding): Tool[] {
  const { name, description, input_schema: parameters, strict, input_examples: examples } = tool;
  for (const [member, reason] of Object.entries(SILENT))
    if (tool[member] != null && tool[member] !== false)
      decoding.noteOnce(`${at}.${member}`, "dropped", reason);
  if (examples?.length)
    decoding.note(`${at}.input_examples`, "emulated", "Examples stand in the tool's description.");
  const described = [description?.trim(), ...(examples ?? []).map(asExample)].filter(Boolean).join("\n\n");
  return decodeTool(
    {
      type: "function",
      function: { name, description: described, parameters, strict },
      cache_control: tool.cache_control,
    },
    at,
    decoding,
  );
}

/** What Converse cannot say of a tool. */
const SILENT: Readonly<Record<string, string>> = {
  defer_loading: "All tools are offered from the start.",
  allowed_callers: "Only the model itself calls tools on Bedrock.",
};

const asExample = (input: object): string => `Example of its input: ${JSON.stringify(input)}`;
