import { CLAUDE } from "./families.ts";
import { placedBlocks } from "./request.ts";
import { unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Source: AWS's API reference of Bedrock Runtime, "SearchResultBlock": the note on who supports it. */
export const SEARCH_RESULT_RULES: readonly Rule[] = [
  {
    name: "only Claude takes search results",
    check: (request, { baseId }) =>
      baseId && !CLAUDE.test(baseId) && placedBlocks(request).some(({ block }) => holdsOne(block))
        ? unsupportedField("searchResult")
        : undefined,
  },
];

interface Block {
  searchResult?: unknown;
  toolResult?: { content?: readonly Block[] };
}

const holdsOne = ({ searchResult, toolResult }: Block): boolean =>
  searchResult !== undefined || (toolResult?.content ?? []).some(holdsOne);
