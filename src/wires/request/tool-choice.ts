import type { Tool, ToolChoice, ToolConfig } from "../../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { ChatToolChoice } from "../../openai/chat-tools.ts";
import type { Decoding } from "./decoding.ts";

/** @throws BedrockOpenAIError 400 for a choice among tools that are not offered. */
export function decodeToolChoice(
  choice: ChatRequest["tool_choice"],
  tools: Tool[],
  decoding: Decoding,
): ToolConfig {
  if (choice == null) return { tools };
  const kind = typeof choice === "string" ? choice : choice.type;
  if (kind === "none") return { tools: [] };
  if (kind === "auto") return { tools, toolChoice: { auto: {} } };
  if (kind === "required" || kind === "any") {
    if (tools.length === 0)
      decoding.note("tool_choice", "dropped", "No tool of the caller's is offered that could be called.");
    return { tools, toolChoice: { any: {} } };
  }
  if (typeof choice === "string") return { tools };

  const allowed = allowedTools(choice);
  if (allowed) return onlyAllowed(allowed, tools);
  const name = chosenName(choice);
  if (name === undefined) {
    decoding.note(
      "tool_choice",
      "dropped",
      `A tool_choice of type '${choice.type.slice(0, 64)}' is left to the model.`,
    );
    return { tools };
  }
  if (!isOffered(name, tools)) throw notOffered(name);
  return { tools, toolChoice: { tool: { name } } };
}

type ChoiceObject = Exclude<ChatToolChoice, string>;
type AllowedTools = Extract<ChoiceObject, { allowed_tools: object }>["allowed_tools"];

const allowedTools = (choice: ChoiceObject): AllowedTools | undefined =>
  choice.type === "allowed_tools" ? (choice as { allowed_tools?: AllowedTools }).allowed_tools : undefined;

type Named = {
  function?: { name: string } | null;
  custom?: { name: string } | null;
  /** Anthropic's. */
  name?: string | null;
};

const chosenName = (choice: object): string | undefined => {
  const { function: chosen, custom, name } = choice as Named;
  return chosen?.name ?? custom?.name ?? name ?? undefined;
};

/** Bedrock knows no subset: the others are not offered. Cache points among them stay where they are. */
function onlyAllowed({ mode, tools: allowed }: AllowedTools, tools: Tool[]): ToolConfig {
  const names = new Set(allowed.map(chosenName));
  for (const name of names) if (name !== undefined && !isOffered(name, tools)) throw notOffered(name);
  const toolChoice: ToolChoice = mode === "required" ? { any: {} } : { auto: {} };
  return { tools: tools.filter(({ toolSpec }) => !toolSpec || names.has(toolSpec.name)), toolChoice };
}

const isOffered = (name: string, tools: readonly Tool[]): boolean =>
  tools.some((tool) => tool.toolSpec?.name === name);

const notOffered = (name: string): BedrockOpenAIError =>
  invalidRequest(`Invalid value for 'tool_choice': no tool named '${name.slice(0, 64)}' is in 'tools'.`, {
    param: "tool_choice",
    code: "invalid_value",
  });
