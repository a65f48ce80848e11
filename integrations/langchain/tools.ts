import type { BindToolsInput, ToolChoice } from "@langchain/core/language_models/chat_models";
import { convertToOpenAITool, isLangChainTool } from "@langchain/core/utils/function_calling";

/** A tool of a chat completions request. */
export type ChatTool = Record<string, unknown>;

/**
 * LangChain's tools, with zod or JSON schemas, as OpenAI's functions. What is no tool of LangChain's goes as it is: OpenAI's
 * own forms, and Anthropic's.
 * @param strict Sets `strict` of every function.
 */
export const toTools = (tools: readonly BindToolsInput[], strict?: boolean): ChatTool[] =>
  tools.map((tool) =>
    withStrict(isLangChainTool(tool) ? { ...convertToOpenAITool(tool) } : { ...tool }, strict),
  );

function withStrict(tool: ChatTool, strict: boolean | undefined): ChatTool {
  const { function: described } = tool;
  return strict === undefined || typeof described !== "object"
    ? tool
    : { ...tool, function: { ...described, strict } };
}

const CHOICES: Readonly<Record<string, string>> = {
  any: "required",
  required: "required",
  auto: "auto",
  none: "none",
};

/** LangChain's choice of a tool: a word, a name, or an object that goes as it is. */
export function toToolChoice(choice: ToolChoice | undefined): unknown {
  if (typeof choice !== "string") return choice;
  return Object.hasOwn(CHOICES, choice) ? CHOICES[choice] : { type: "function", function: { name: choice } };
}
