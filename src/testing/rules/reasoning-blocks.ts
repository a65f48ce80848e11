import { isForgedSignature } from "../answers/reasoning-signature.ts";
import { CLAUDE } from "./families.ts";
import { placedBlocks } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Replayed reasoning: signed and unchanged for Claude, unsigned for everyone else. */
export const REASONING_RULES: readonly Rule[] = [
  {
    name: "Claude wants its reasoning signed, and as it wrote it",
    check: (request, { baseId }) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        const reasoning = block.reasoningContent?.reasoningText;
        if (!reasoning || !CLAUDE.test(baseId)) return undefined;
        if (!reasoning.signature) return modelError(`${at}.thinking.signature: Field required`);
        return isForgedSignature(reasoning.signature, reasoning.text)
          ? modelError(`${at}: Invalid \`signature\` in \`thinking\` block`)
          : undefined;
      }),
  },
  {
    name: "other models know no signatures",
    check: (request, { baseId }) =>
      baseId &&
      !CLAUDE.test(baseId) &&
      placedBlocks(request).some(({ block }) => block.reasoningContent?.reasoningText?.signature)
        ? "This model doesn't support the reasoningContent.reasoningText.signature field. Remove " +
          "reasoningContent.reasoningText.signature and try again."
        : undefined,
  },
];
