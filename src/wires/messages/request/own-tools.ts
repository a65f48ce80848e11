import type { MessageTool, OwnTool } from "../../../anthropic/tools.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Decoding } from "../../request/decoding.ts";

/** Tools of Anthropic's making that the caller runs, which Claude knows on Bedrock too. Source: aws-bedrock §C.1.4. */
const KEPT = /^(bash|text_editor|computer|memory)_\d{8}$/;

/** The beta that Claude knows a tool by. Source: Anthropic's guides to its tools. */
const BETAS: Readonly<Record<string, string>> = {
  computer_20241022: "computer-use-2024-10-22",
  computer_20250124: "computer-use-2025-01-24",
  computer_20251124: "computer-use-2025-11-24",
  memory_20250818: "context-management-2025-06-27",
};

/** By which Claude on Bedrock streams a tool's input as it writes it. Source: AWS's guide to Claude's request body. */
const EAGER = "fine-grained-tool-streaming-2025-05-14";

export interface OwnTools {
  /** As Claude's own body has them. */
  tools: readonly JsonObject[];
  /** What they need. */
  betas: readonly string[];
}

export const isOwnTool = (tool: MessageTool): tool is OwnTool => tool.type != null && tool.type !== "custom";

/** Anthropic's own tools: those that Claude takes past Converse, the others away. */
export function decodeOwnTools(tools: readonly MessageTool[], decoding: Decoding): OwnTools {
  const kept = tools.filter((tool, index): tool is OwnTool => {
    if (!isOwnTool(tool)) return false;
    if (KEPT.test(tool.type)) return true;
    const type = tool.type.slice(0, 64);
    decoding.note(`tools.${index}`, "dropped", `Tools of type '${type}' do not exist on Bedrock.`);
    return false;
  });
  return { tools: kept, betas: betasOfTools(tools) };
}

interface Offered {
  type?: unknown;
  eager_input_streaming?: unknown;
}

/** What tools need that are of these types, or whose input is not to be held back until it is whole. */
export const betasOfTools = (tools: readonly Offered[]): string[] => [
  ...new Set(
    tools.flatMap(({ type, eager_input_streaming: eager }) => [
      ...(typeof type === "string" && Object.hasOwn(BETAS, type) ? [BETAS[type]!] : []),
      ...(eager === true ? [EAGER] : []),
    ]),
  ),
];
