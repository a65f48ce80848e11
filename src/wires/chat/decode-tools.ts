import type { Adjustment } from "../../adjustments.ts";
import { isInputSchema, toInputSchema } from "../../conversation/json-schema.ts";
import type { Tool, ToolChoice, ToolConfig } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import type { ChatRequest, ChatTool, FunctionTool } from "../../openai/chat-request.ts";

/** `tools` and `tool_choice`; undefined when no tool may be called. Bedrock has no "none": the tools stay away. */
export function decodeTools(request: ChatRequest, adjustments: Adjustment[]): ToolConfig | undefined {
  const tools = (request.tools ?? []).flatMap((tool, index) => decodeTool(tool, index, adjustments));
  const toolChoice = decodeChoice(request.tool_choice, tools, adjustments);
  if (tools.length === 0 || toolChoice === "none") return undefined;
  return { tools, ...(toolChoice && { toolChoice }) };
}

function decodeTool(tool: ChatTool, index: number, adjustments: Adjustment[]): Tool[] {
  if (!isFunction(tool)) {
    const param = `tools[${index}]`;
    adjustments.push({
      param,
      action: "dropped",
      reason: `Tools of type '${tool.type}' do not exist on Bedrock.`,
    });
    return [];
  }
  const { name, description, parameters, strict } = tool.function;
  if (strict) {
    const param = `tools[${index}].function.strict`;
    adjustments.push({
      param,
      action: "dropped",
      reason: "Arguments follow the schema by the model's own effort.",
    });
  }
  if (parameters && !isInputSchema(parameters)) {
    const param = `tools[${index}].function.parameters`;
    adjustments.push({
      param,
      action: "emulated",
      reason: "Bedrock wants one plain object at the root of a schema.",
    });
  }
  return [
    {
      toolSpec: {
        name,
        ...(description?.trim() && { description }),
        inputSchema: { json: toInputSchema(parameters) },
      },
    },
  ];
}

const isFunction = (tool: ChatTool): tool is FunctionTool => tool.type === "function";

function decodeChoice(
  choice: ChatRequest["tool_choice"],
  tools: readonly Tool[],
  adjustments: Adjustment[],
): ToolChoice | "none" | undefined {
  if (choice == null) return undefined;
  if (choice === "none") return "none";
  if (choice === "auto") return { auto: {} };
  if (choice === "required") return { any: {} };
  if (!isFunctionChoice(choice)) {
    const reason = `A tool_choice of type '${choice.type}' is left to the model.`;
    adjustments.push({ param: "tool_choice", action: "dropped", reason });
    return undefined;
  }
  const { name } = choice.function;
  if (tools.some((tool) => tool.toolSpec.name === name)) return { tool: { name } };
  throw invalidRequest(
    `Invalid value for 'tool_choice': no tool named '${name.slice(0, 64)}' is in 'tools'.`,
    {
      param: "tool_choice",
      code: "invalid_value",
    },
  );
}

type FunctionChoice = Extract<ChatRequest["tool_choice"], { function: object }>;

const isFunctionChoice = (
  choice: Exclude<ChatRequest["tool_choice"], string | null | undefined>,
): choice is FunctionChoice => choice.type === "function";
