import type { Adjustment } from "../../adjustments.ts";
import { withFields } from "../additional-fields.ts";
import { asFunction, isOwnTool } from "../anthropic-tools.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { isObject } from "../json-schema/is-object.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, JsonObject, ToolChoice, ToolSpec } from "../types.ts";

/**
 * Tools of Anthropic's own (`bash_20250124`), which Claude takes past Converse: for all other models as functions. Beside no
 * tool of Converse's they are functions for Claude too, since Bedrock refuses calls in a history without one, and what is
 * offered must be the same in every turn.
 */
export function anthropicTools(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields, ...rest } = conversation;
  const tools = additionalModelRequestFields?.["tools"];
  const given = Array.isArray(tools) ? tools.filter(isObject) : [];
  const specs = given.flatMap((tool) => asFunction(tool) ?? []);
  const keepsThem = traits.anthropicBeta && (conversation.toolConfig !== undefined || specs.length === 0);
  if (!given.some(isOwnTool) || keepsThem) return unchanged(conversation);
  const { tools: _, tool_choice: choice, ...fields } = additionalModelRequestFields ?? {};
  const others = given.filter((tool) => !asFunction(tool));
  const left = traits.anthropicBeta ? others : [];
  const { toolConfig } = conversation;
  const offered = [...(toolConfig?.tools ?? []), ...specs.map((toolSpec) => ({ toolSpec }))];
  const chosen = toolConfig?.toolChoice ?? chosenOf(choice, specs);
  return {
    conversation: {
      ...rest,
      ...(offered.length > 0 && {
        toolConfig: { ...toolConfig, tools: offered, ...(chosen && { toolChoice: chosen }) },
      }),
      ...withFields({
        ...fields,
        ...(left.length > 0 && { tools: left }),
        // One call at a time is asked for there, whatever the tools are.
        ...(isObject(choice) && "disable_parallel_tool_use" in choice && { tool_choice: choice }),
      }),
    },
    adjustments: [
      ...(specs.length > 0 ? [EMULATED] : []),
      ...(others.length > left.length ? [dropped(others)] : []),
    ],
  };
}

const EMULATED: Adjustment = {
  param: "tools",
  action: "emulated",
  reason: "Anthropic's own tools are offered as functions with the same name and input.",
};

const dropped = (tools: readonly JsonObject[]): Adjustment => ({
  param: "tools",
  action: "dropped",
  reason: `This model has no tools of type ${tools.map(({ type }) => `'${String(type).slice(0, 64)}'`).join(", ")}.`,
});

function chosenOf(choice: unknown, specs: readonly ToolSpec[]): ToolChoice | undefined {
  if (!isObject(choice)) return undefined;
  const { type, name } = choice;
  if (type === "any") return { any: {} };
  return type === "tool" && specs.some((spec) => spec.name === name)
    ? { tool: { name: String(name) } }
    : undefined;
}
