import { CLAUDE, rowFor } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { claudeThinks } from "./thinking.ts";

/** Members of `toolChoice` that a family refuses. */
const REFUSED: readonly { models: RegExp; members: readonly ("any" | "tool")[] }[] = [
  { models: /^anthropic\.claude-(fable-5-[12]|opus-5-5|sonnet-5-5)/, members: ["any", "tool"] },
  { models: /^meta\.llama/, members: ["any", "tool"] },
  { models: /^mistral\.(mistral-(large|small)-2402|mistral-7b|mixtral|pixtral)/, members: ["tool"] },
];

export const TOOL_CHOICE_RULES: readonly Rule[] = [
  {
    name: "some models refuse a forced tool",
    check: (request, { baseId }) => {
      const forced = forcedChoice(request);
      if (!forced || !rowFor(REFUSED, baseId)?.members.includes(forced)) return undefined;
      if (!CLAUDE.test(baseId)) return unsupportedField(`toolConfig.toolChoice.${forced}`);
      return modelError(`tool_choice: type '${forced}' is not supported on this model. Use 'auto'.`);
    },
  },
  {
    name: "Claude cannot be forced to a tool while it thinks",
    check: (request, { baseId }) => {
      const thinks = claudeThinks(request, baseId);
      return thinks && forcedChoice(request)
        ? modelError("Thinking may not be enabled when tool_choice forces tool use.")
        : undefined;
    },
  },
];

/** `any` or `tool`, asked for in Converse's own words or in Claude's. */
export function forcedChoice(request: ConverseRequest): "any" | "tool" | undefined {
  const { any, tool } = request.toolConfig?.toolChoice ?? {};
  if (any) return "any";
  if (tool) return "tool";
  const native = additionalFields(request)["tool_choice"];
  const type = isObject(native) ? native["type"] : undefined;
  return type === "any" || type === "tool" ? type : undefined;
}
