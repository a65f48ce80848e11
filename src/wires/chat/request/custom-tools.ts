import type { JsonObject } from "../../../conversation/types.ts";
import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { CustomTool } from "../../../openai/chat-tools.ts";

/** The names of the tools whose calls carry free text instead of JSON. */
export const customToolNames = ({ tools }: ChatRequest): ReadonlySet<string> =>
  new Set(
    tools?.flatMap((tool) =>
      tool["type"] === "custom" && "custom" in tool ? (tool as CustomTool).custom.name : [],
    ),
  );

/** What the model has to know of a grammar, since nothing holds it to it. */
export function describeFormat(format: CustomTool["custom"]["format"]): string | undefined {
  const { grammar } = format ?? {};
  if (format?.type !== "grammar" || !grammar) return undefined;
  return `The input must follow this grammar${grammar.syntax ? ` (${grammar.syntax})` : ""}:\n${grammar.definition}`;
}

/** The free text in the stand-in's arguments; all of them where the model did not keep to them. */
export const customInput = (input: JsonObject): string =>
  typeof input["input"] === "string" ? input["input"] : JSON.stringify(input);
