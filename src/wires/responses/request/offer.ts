import type { ToolConfig } from "../../../conversation/types.ts";
import type { ChatToolChoice } from "../../../openai/chat-tools.ts";
import { type ItemOf, kindOf } from "../../../openai/responses/items.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import type { AllowedTools, ResponseTool, ResponseToolChoice } from "../../../openai/responses/tools.ts";
import type { Decoding } from "../../request/decoding.ts";
import { decodeToolChoice } from "../../request/tool-choice.ts";
import { decodeTool } from "../../request/tools.ts";
import type { AskedResponse } from "../asked.ts";
import { STAND_INS } from "./stand-ins.ts";
import type { Placed, Toolbox } from "./toolbox.ts";

/** The tools of a request, and those that its items bring. */
export const toolsOf = ({
  request,
  items,
}: Pick<AskedResponse, "request" | "items">): Placed<ResponseTool>[] => [
  ...placed(request.tools ?? [], "tools"),
  ...items.flatMap(({ item, at }) => {
    const kind = kindOf(item);
    if (kind !== "additional_tools" && kind !== "tool_search_output") return [];
    return placed((item as ItemOf<"additional_tools">).tools, `${at}.tools`);
  }),
];

const placed = (tools: readonly ResponseTool[], at: string): Placed<ResponseTool>[] =>
  tools.map((tool, index) => ({ tool, at: `${at}[${index}]` }));

/**
 * The tools that may be called; undefined where none may. A choice of a tool that was left out is the model's.
 * @throws BedrockOpenAIError 400 for a choice among tools that are not offered.
 */
export function decodeOffer(
  { tool_choice: choice }: ResponsesRequest,
  toolbox: Toolbox,
  decoding: Decoding,
): ToolConfig | undefined {
  for (const { tool, at } of toolbox.tools) noteStandIn(tool, at, toolbox, decoding);
  const offered = toolbox.tools.flatMap(({ tool, at }) => decodeTool(tool, at, decoding));
  const config = decodeToolChoice(choice == null ? choice : chatChoice(choice, toolbox), offered, decoding);
  const { tools, toolChoice } = config;
  if (!tools.some((tool) => tool.toolSpec)) return undefined;
  return { tools, ...(toolChoice && { toolChoice }) };
}

function noteStandIn(
  tool: Placed<object>["tool"],
  at: string,
  { offered }: Toolbox,
  decoding: Decoding,
): void {
  const { name } = (tool as { function?: { name: string } }).function ?? {};
  const kind = name === undefined ? undefined : offered.get(name)?.kind;
  if (kind !== undefined && Object.hasOwn(STAND_INS, kind))
    decoding.note(at, "emulated", `Bedrock has no tool of type '${kind}'; a function stands in.`);
}

/** A choice in chat's words, of the names that the model knows. */
function chatChoice(choice: ResponseToolChoice, toolbox: Toolbox): ChatToolChoice {
  if (typeof choice === "string") return choice;
  if (isAllowed(choice)) {
    const tools = choice.tools.flatMap((each) => named(each, toolbox) ?? []);
    // Of tools that were left out alone.
    if (tools.length === 0) return { type: "none" };
    return { type: "allowed_tools", allowed_tools: { mode: choice.mode, tools } };
  }
  // No name: chat leaves to the model what it does not know.
  return named(choice, toolbox) ?? { type: choice.type };
}

const isAllowed = (choice: { type: string }): choice is AllowedTools => choice.type === "allowed_tools";

interface Chosen {
  type: string;
  name?: unknown;
  namespace?: unknown;
}

type Named = { type: "function"; function: { name: string } };

function named({ type, name, namespace }: Chosen, { nameOf }: Toolbox): Named | undefined {
  if ((type === "function" || type === "custom") && typeof name === "string") {
    const within = typeof namespace === "string" ? namespace : undefined;
    return { type: "function", function: { name: nameOf(type, name, within) } };
  }
  if (!Object.hasOwn(STAND_INS, type)) return undefined;
  const kind = type as keyof typeof STAND_INS;
  return { type: "function", function: { name: nameOf(kind, kind) } };
}
