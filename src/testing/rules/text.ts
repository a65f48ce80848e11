import type { PlacedBlock } from "./request.ts";
import { placedBlocks } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const isBlank = (text: string | undefined) => text !== undefined && text.trim() === "";

const blankText = (kind: string, at: string) =>
  `The text field in the ${kind} object at ${at} is blank. Add text to the text field, and try again.`;

/** No text may be blank, wherever it stands. */
export const TEXT_RULES: readonly Rule[] = [
  {
    name: "no text block is blank",
    check: (request) => firstOf(placedBlocks(request), blankBlock),
  },
  {
    name: "no system text is blank",
    check: ({ system = [] }) =>
      system.some(({ text }) => isBlank(text))
        ? modelError("system: text content blocks must contain non-whitespace text")
        : undefined,
  },
];

function blankBlock({ block, at }: PlacedBlock): string | undefined {
  if (isBlank(block.text)) return blankText("ContentBlock", at);
  return firstOf(block.toolResult?.content ?? [], ({ text }, index) =>
    isBlank(text) ? blankText("ToolResultContentBlock", `${at}.toolResult.content.${index}`) : undefined,
  );
}
