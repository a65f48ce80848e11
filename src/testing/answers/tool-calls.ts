import type { ContentBlock, JsonObject, ToolSpec } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { additionalFields, isObject, toolSpecs } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { forcedChoice } from "../rules/tool-choice.ts";
import { chosenTools } from "./chosen-tools.ts";
import type { Prompt } from "./prompt.ts";
import { schemaValue } from "./schema-value.ts";
import { toolUseId } from "./tool-use-id.ts";
import { mentions, phrases } from "./user-words.ts";

/** The calls that answer a prompt; none when it asks for none, or brings results already. */
export function toolCalls(request: ConverseRequest, prompt: Prompt, { baseId }: Model): ContentBlock[] {
  if (prompt.results.length > 0 || prompt.prefill !== undefined) return [];
  const calls = wantedTools(request, prompt.text).flatMap((tool, _, wanted) =>
    wanted.length === 1 && mentions(prompt.text, "both")
      ? twice(tool, prompt.text)
      : [call(tool, prompt.text)],
  );
  const allowed = forbidsParallelCalls(request) ? calls.slice(0, 1) : calls;
  const seed = JSON.stringify(request.messages);
  return allowed.map(({ name, input }, index) => ({
    toolUse: { toolUseId: toolUseId(seed, index, baseId), name, input },
  }));
}

interface Call {
  name: string;
  input: JsonObject;
}

function wantedTools(request: ConverseRequest, text: string): ToolSpec[] {
  const tools = toolSpecs(request);
  const name = request.toolConfig?.toolChoice?.tool?.name ?? nativeChoice(request)["name"];
  if (typeof name === "string") return tools.filter((tool) => tool.name === name);
  const chosen = chosenTools(tools, text);
  return chosen.length === 0 && forcedChoice(request) ? tools.slice(0, 1) : chosen;
}

function call({ name, inputSchema }: ToolSpec, text: string, skip: string[] = []): Call {
  const input = schemaValue(inputSchema.json, text, [
    ...skip,
    ...phrases(text).filter((phrase) => phrase === name),
  ]);
  return { name, input: isObject(input) ? input : {} };
}

/** "The weather in both Paris and Rome": one call for each. */
function twice(tool: ToolSpec, text: string): Call[] {
  const [first, second] = phrases(text);
  if (first === undefined || second === undefined) return [call(tool, text)];
  return [call(tool, text, [second]), call(tool, text, [first])];
}

function forbidsParallelCalls(request: ConverseRequest): boolean {
  return nativeChoice(request)["disable_parallel_tool_use"] === true;
}

/** Claude's own `tool_choice`. */
function nativeChoice(request: ConverseRequest): JsonObject {
  const choice = additionalFields(request)["tool_choice"];
  return isObject(choice) ? choice : {};
}
