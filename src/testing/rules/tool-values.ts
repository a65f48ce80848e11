import { CLAUDE } from "./families.ts";
import { isObject, placedBlocks } from "./request.ts";
import { firstOf } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** What is inside a call and its result. */
export const TOOL_VALUE_RULES: readonly Rule[] = [
  {
    name: "a tool input is an object without empty keys",
    check: (request) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        if (!block.toolUse || (isObject(block.toolUse.input) && !hasEmptyKey(block.toolUse.input)))
          return undefined;
        return `The format of the value at ${at}.toolUse.input is invalid. Provide a json object for the field and try again.`;
      }),
  },
  {
    name: "a tool result is not empty",
    check: (request) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        if (block.toolResult?.content.length !== 0) return undefined;
        const when = block.toolResult.status === "error" ? " when status value is error" : "";
        return `The content field at ${at}.toolResult cannot be empty${when}.`;
      }),
  },
  {
    name: "a failed tool result holds only text on Claude",
    check: (request, { baseId }) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        const failed = CLAUDE.test(baseId) && block.toolResult?.status === "error";
        if (!failed || block.toolResult?.content.every(({ text }) => text !== undefined)) return undefined;
        return `${at}.toolResult: all content must be type "text" if status is "error"`;
      }),
  },
];

function hasEmptyKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasEmptyKey);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, item]) => key === "" || hasEmptyKey(item));
}
