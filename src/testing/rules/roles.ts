import { placedBlocks } from "./request.ts";
import type { PlacedBlock, RequestBlock } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

type BlockName = keyof RequestBlock;

/** Blocks that only one of the two speakers may use. */
const SPEAKERS: Partial<Record<BlockName, PlacedBlock["role"]>> = {
  toolUse: "assistant",
  reasoningContent: "assistant",
  citationsContent: "assistant",
  toolResult: "user",
  image: "user",
  document: "user",
  video: "user",
  audio: "user",
  guardContent: "user",
  searchResult: "user",
};

export const ROLE_RULES: readonly Rule[] = [
  {
    name: "each block stands in the turns of its speaker",
    check: (request) =>
      firstOf(placedBlocks(request), ({ block, at, role }) => {
        const [name] = Object.keys(block) as BlockName[];
        const speaker = name && SPEAKERS[name];
        if (!speaker || speaker === role || role === "system") return undefined;
        return modelError(`${at}: \`${name}\` blocks can only be in \`${speaker}\` messages`);
      }),
  },
];
