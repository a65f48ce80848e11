import { isReshaped, toInputSchema } from "../../conversation/json-schema/input-schema.ts";
import type { JsonObject, Tool, ToolConfig } from "../../conversation/types.ts";
import type { CacheMarks } from "../../openai/cache-marks.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { ChatTool, CustomTool, FunctionTool, SchemaTool } from "../../openai/chat-tools.ts";
import { cachePointOf } from "./cache-marks.ts";
import { describeFormat, isCustomTool } from "./custom-tools.ts";
import { decodeToolChoice } from "./tool-choice.ts";
import type { Decoding } from "./decoding.ts";

/** AWS's own search, which stands among the tools. */
const WEB_SEARCH: Tool = { systemTool: { name: "nova_grounding" } };

/** `tools` and `tool_choice`; undefined when no tool may be called. Bedrock has no "none": the tools stay away. */
export function decodeTools(
  request: Pick<ChatRequest, "tools" | "tool_choice" | "web_search_options">,
  decoding: Decoding,
): ToolConfig | undefined {
  const offered = (request.tools ?? []).flatMap((tool, index) =>
    decodeTool(tool, `tools[${index}]`, decoding),
  );
  const { tools, toolChoice } = decodeToolChoice(request.tool_choice, offered, decoding);
  const chosen = tools.length > 0 && toolChoice ? { toolChoice } : {};
  if (request.web_search_options) {
    if (Object.keys(request.web_search_options).length > 0)
      decoding.note(
        "web_search_options",
        "dropped",
        "AWS's search takes no options; it is asked without them.",
      );
    return { tools: [...tools, WEB_SEARCH], ...chosen };
  }
  return tools.some((tool) => tool.toolSpec) ? { tools, ...chosen } : undefined;
}

/** A tool as Converse takes it, and the cache point it asks for; none of a kind that Bedrock does not know. */
export function decodeTool(tool: ChatTool, at: string, decoding: Decoding): Tool[] {
  if (isCustomTool(tool)) return [decodeCustom(tool, at, decoding)];
  const spec = isFunction(tool) ? tool.function : isSchemaTool(tool) ? fromSchemaTool(tool) : undefined;
  if (!spec) {
    decoding.note(
      at,
      "dropped",
      `Tools of type '${String(tool["type"]).slice(0, 64)}' do not exist on Bedrock.`,
    );
    return [];
  }
  const { name, description, parameters, strict } = spec;
  if (parameters && isReshaped(parameters)) {
    const reason = "Bedrock wants one plain object at the root of a schema.";
    decoding.note(`${at}.function.parameters`, "emulated", reason);
  }
  const point = cachePointOf(tool as CacheMarks, decoding);
  return [
    {
      toolSpec: {
        name,
        ...(description?.trim() && { description }),
        inputSchema: { json: toInputSchema(parameters) },
        ...(strict && { strict }),
      },
    },
    ...(point ? [point] : []),
  ];
}

const isFunction = (tool: ChatTool): tool is FunctionTool => tool["type"] === "function";
const isSchemaTool = (tool: ChatTool): tool is SchemaTool => "input_schema" in tool;

const fromSchemaTool = ({
  name,
  description,
  input_schema: parameters,
}: SchemaTool): FunctionTool["function"] => ({
  name,
  description,
  parameters,
});

/** A tool that takes free text, as a function of one text. */
function decodeCustom({ custom }: CustomTool, at: string, decoding: Decoding): Tool {
  decoding.note(at, "emulated", "Bedrock has no custom tools; a function with one text parameter stands in.");
  const description = [custom.description?.trim(), describeFormat(custom.format)]
    .filter(Boolean)
    .join("\n\n");
  const json: JsonObject = {
    type: "object",
    properties: { input: { type: "string", description: "The whole input of the tool, as plain text." } },
    required: ["input"],
  };
  return { toolSpec: { name: custom.name, ...(description && { description }), inputSchema: { json } } };
}
