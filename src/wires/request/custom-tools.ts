import type { JsonObject } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { ChatTool, CustomTool } from "../../openai/chat-tools.ts";

/** Not Anthropic's tools of that type, which bring a schema. */
export const isCustomTool = (tool: ChatTool): tool is CustomTool =>
  tool["type"] === "custom" && "custom" in tool;

/** The names of the tools whose calls carry free text instead of JSON. */
export function customToolNames({ tools }: Pick<ChatRequest, "tools">): ReadonlySet<string> {
  const custom = tools?.filter(isCustomTool) ?? [];
  return custom.length === 0 ? NONE : new Set(custom.map(({ custom: { name } }) => name));
}

/** An answer holds them as long as it goes on, and few have any. */
const NONE: ReadonlySet<string> = new Set();

/** What the model has to know of a grammar, since nothing holds it to it. */
export function describeFormat(format: CustomTool["custom"]["format"]): string | undefined {
  const { grammar } = format ?? {};
  if (format?.type !== "grammar" || !grammar) return undefined;
  return `The input must follow this grammar${grammar.syntax ? ` (${grammar.syntax})` : ""}:\n${grammar.definition}`;
}

/** The free text in the stand-in's arguments; all of them where the model did not keep to them. */
export const customInput = (input: JsonObject): string =>
  typeof input["input"] === "string" ? input["input"] : JSON.stringify(input);
