import { isForgedSignature } from "../answers/reasoning-signature.ts";
import { CLAUDE, GPT, GROK, NOVA } from "./families.ts";
import { placedBlocks } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

const FAILS_ON_REASONING = /^moonshotai\.kimi-k3/;
const WANTS_NO_REASONING = /^deepseek\.r1/;

/** Replayed reasoning: signed and unchanged for Claude, encrypted for GPT and Grok, in clear for the others. */
export const REASONING_RULES: readonly Rule[] = [
  {
    name: "Kimi K3 breaks over reasoning",
    error: "InternalServerException",
    check: (request, { baseId }) =>
      FAILS_ON_REASONING.test(baseId) && replays(request, "reasoningContent")
        ? "The system encountered an unexpected error during processing. Try your request again."
        : undefined,
  },
  {
    name: "DeepSeek R1 wants its reasoning left out",
    check: (request, { baseId }) =>
      WANTS_NO_REASONING.test(baseId) && replays(request, "reasoningContent")
        ? "User messages cannot contain reasoning content. Please remove the reasoning content and try again."
        : undefined,
  },
  {
    name: "reasoning comes back in the form in which it was given",
    check: (request, { baseId }) => {
      if ((GPT.test(baseId) || GROK.test(baseId)) && replays(request, "reasoningText"))
        return unsupportedField("reasoningContent.reasoningText");
      if (NOVA.test(baseId) && replays(request, "redactedContent"))
        return unsupportedField("reasoningContent.redactedContent");
      return undefined;
    },
  },
  {
    name: "Claude wants its reasoning signed, and as it wrote it",
    check: (request, { baseId }) =>
      firstOf(placedBlocks(request), ({ block, at }) => {
        const reasoning = block.reasoningContent?.reasoningText;
        if (!reasoning || !CLAUDE.test(baseId)) return undefined;
        const { text, signature } = reasoning;
        if (signature === undefined) return modelError(`${at}.thinking.signature: Field required`);
        // A thought that is not shown comes back without its text.
        return signature === "" || (text !== "" && isForgedSignature(signature, text))
          ? modelError(`${at}: Invalid \`signature\` in \`thinking\` block`)
          : undefined;
      }),
  },
  {
    name: "a Claude thinks before it speaks",
    check: ({ messages = [] }, { baseId }) =>
      firstOf(messages, ({ content: [first, ...rest] }, index) => {
        const late = rest.some(({ reasoningContent }) => reasoningContent) && !first?.reasoningContent;
        return late && CLAUDE.test(baseId)
          ? modelError(
              `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found ` +
                `\`${first?.toolUse ? "tool_use" : "text"}\`. Thinking blocks must come first in an \`assistant\` message.`,
            )
          : undefined;
      }),
  },
  {
    // Source: Anthropic's own refusal, for instance in github.com/tailcallhq/forgecode/issues/2107.
    name: "a Claude does not end a turn with a thought",
    check: ({ messages = [] }, { baseId }) =>
      firstOf(messages, ({ content }, index) =>
        CLAUDE.test(baseId) && content.findLast((block) => !block.cachePoint)?.reasoningContent
          ? modelError(`messages.${index}: The final block in an assistant message cannot be \`thinking\`.`)
          : undefined,
      ),
  },
  {
    name: "other models know no signatures",
    check: (request, { baseId }) =>
      baseId &&
      !CLAUDE.test(baseId) &&
      placedBlocks(request).some(
        ({ block }) => block.reasoningContent?.reasoningText?.signature !== undefined,
      )
        ? unsupportedField("reasoningContent.reasoningText.signature")
        : undefined,
  },
];

function replays(
  request: ConverseRequest,
  member: "reasoningContent" | "reasoningText" | "redactedContent",
): boolean {
  return placedBlocks(request).some(({ block: { reasoningContent } }) =>
    member === "reasoningContent" ? reasoningContent : reasoningContent?.[member] !== undefined,
  );
}
