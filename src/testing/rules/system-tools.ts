import { NOVA, US_PROFILE } from "./families.ts";
import { firstOf, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

const GROUNDING = "nova_grounding";
const HAS_SYSTEM_TOOLS = /^amazon\.nova-2-lite/;
const SYSTEM_TOOLS = new Set([GROUNDING, "nova_code_interpreter"]);

/** Tools that AWS runs itself. */
export const SYSTEM_TOOL_RULES: readonly Rule[] = [
  {
    name: "system tools are Nova 2 Lite's, in the US",
    check: (request, { id, baseId }) =>
      firstOf(request.toolConfig?.tools ?? [], ({ systemTool }) => {
        if (!systemTool) return undefined;
        const { name } = systemTool;
        if (!SYSTEM_TOOLS.has(name)) return `The system tool ${name} does not exist.`;
        if (!baseId) return undefined;
        if (!HAS_SYSTEM_TOOLS.test(baseId)) return unsupportedField("toolConfig.tools.systemTool");
        return US_PROFILE.test(id)
          ? undefined
          : `The system tool ${name} is only available through US inference profiles.`;
      }),
  },
  {
    name: "a system tool's name is taken",
    check: (request, { baseId }) =>
      NOVA.test(baseId)
        ? firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) =>
            toolSpec?.name === GROUNDING
              ? `The tool name ${GROUNDING} at toolConfig.tools.${index}.toolSpec.name is reserved for a system tool.`
              : undefined,
          )
        : undefined,
  },
];
