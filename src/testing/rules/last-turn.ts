import { CLAUDE_FROM_4_6 } from "./families.ts";
import { modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { claudeThinks } from "./thinking.ts";

/** A conversation that ends with the assistant asks the model to go on from there. */
export const LAST_TURN_RULES: readonly Rule[] = [
  {
    name: "newer and thinking Claudes refuse a prefilled answer",
    check: (request, { baseId }) => {
      const prefilled = request.messages?.at(-1)?.role === "assistant";
      const thinks = claudeThinks(request, baseId);
      return prefilled && (thinks || CLAUDE_FROM_4_6.test(baseId))
        ? modelError(
            "This model does not support assistant message prefill. The conversation must end with a user message.",
          )
        : undefined;
    },
  },
  {
    name: "a prefilled answer does not end in whitespace",
    check: ({ messages }) => {
      const last = messages?.at(-1);
      const text = last?.role === "assistant" ? (last.content.at(-1)?.text ?? "") : "";
      return /\s$/.test(text)
        ? modelError("messages: final assistant content cannot end with trailing whitespace")
        : undefined;
    },
  },
];
