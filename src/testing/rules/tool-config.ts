import { NOVA } from "./families.ts";
import { isObject, placedBlocks, toolSpecs } from "./request.ts";
import { extraneousKey, firstDuplicate, firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const COMBINATORS = ["oneOf", "allOf", "anyOf"];
const NOVA_KEYWORDS = new Set(["type", "properties", "required"]);

/** Which tools are offered. */
export const TOOL_CONFIG_RULES: readonly Rule[] = [
  {
    name: "tool history needs a toolConfig",
    check: (request) =>
      !request.toolConfig && placedBlocks(request).some(({ block }) => block.toolUse ?? block.toolResult)
        ? "The toolConfig field must be defined when using toolUse and toolResult content blocks."
        : undefined,
  },
  {
    name: "tool names are unique",
    check: (request) => {
      const tools = (request.toolConfig?.tools ?? []).flatMap(({ toolSpec }, index) =>
        toolSpec ? [{ name: toolSpec.name, index }] : [],
      );
      const twice = firstDuplicate(tools, ({ name }) => name);
      return twice && `The tool ${twice.name} is already defined at toolConfig.tools.${twice.index}.`;
    },
  },
  {
    name: "the chosen tool is offered",
    check: (request) => {
      const wanted = request.toolConfig?.toolChoice?.tool?.name;
      if (wanted === undefined || toolSpecs(request).some(({ name }) => name === wanted)) return undefined;
      return modelError(`Tool '${wanted}' not found in provided tools`);
    },
  },
  {
    name: "a tool's schema is an object without combinators at its root",
    check: (request) =>
      firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) => {
        const schema: unknown = toolSpec?.inputSchema.json;
        if (!toolSpec) return undefined;
        if (!isObject(schema) || schema["type"] !== "object") {
          return `The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`;
        }
        if (!COMBINATORS.some((combinator) => combinator in schema)) return undefined;
        return modelError(
          `tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
        );
      }),
  },
  {
    name: "Nova's schemas have three keywords at their root",
    check: (request, { baseId }) =>
      NOVA.test(baseId)
        ? firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) => {
            const key = Object.keys(toolSpec?.inputSchema.json ?? {}).find(
              (name) => !NOVA_KEYWORDS.has(name),
            );
            const at = `#/toolConfig/tools/${index}/toolSpec/inputSchema/json`;
            return key === undefined ? undefined : modelError(extraneousKey(key, at));
          })
        : undefined,
  },
];
