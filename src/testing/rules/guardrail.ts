import { guardrailOf, NO_SUCH_GUARDRAIL } from "../guardrails/guardrail.ts";
import type { Rule } from "./rule.ts";

export const GUARDRAIL_RULES: readonly Rule[] = [
  {
    name: "a guardrail has an identifier and a version",
    check: ({ guardrailConfig = {} }) => {
      const { guardrailIdentifier, guardrailVersion } = guardrailConfig;
      return Boolean(guardrailIdentifier) === Boolean(guardrailVersion)
        ? undefined
        : "guardrailIdentifier and guardrailVersion must be specified together.";
    },
  },
  {
    name: "a guardrail exists",
    check: ({ guardrailConfig }) =>
      guardrailOf(String(guardrailConfig?.guardrailIdentifier ?? "")) ? undefined : NO_SUCH_GUARDRAIL,
  },
];
