import { CLAUDE, CLAUDE_FROM_4_7, rowFor } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const MIN_BUDGET = 1024;

/** The values of `thinking.type` that each Claude accepts. */
const ACCEPTED: readonly { models: RegExp; types: readonly string[] }[] = [
  { models: /^anthropic\.claude-(fable|mythos)/, types: ["adaptive"] },
  { models: /^anthropic\.claude-opus-5-5/, types: ["adaptive"] },
  { models: /^anthropic\.claude-sonnet-5-5/, types: ["adaptive", "between_tools"] },
  { models: CLAUDE_FROM_4_7, types: ["adaptive", "disabled"] },
  { models: /^anthropic\.claude-(opus|sonnet)-4-6/, types: ["enabled", "adaptive", "disabled"] },
  {
    models: /^anthropic\.claude-(opus|sonnet|haiku)-4|^anthropic\.claude-3-7/,
    types: ["enabled", "disabled"],
  },
  { models: CLAUDE, types: [] },
];

export const THINKING_RULES: readonly Rule[] = [
  {
    name: "each Claude accepts its own kinds of thinking",
    check: (request, { baseId }) => {
      const type = thinkingType(request);
      const row = rowFor(ACCEPTED, baseId);
      if (type === undefined || !row || row.types.includes(type)) return undefined;
      if (type !== "enabled" || !row.types.includes("adaptive"))
        return modelError(`${type} thinking is not supported on this model`);
      return modelError(
        '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and ' +
          '"output_config.effort" to control thinking behavior.',
      );
    },
  },
  {
    name: "a thinking budget is at least 1024 and below maxTokens",
    check: (request, { baseId }) => {
      if (!CLAUDE.test(baseId) || thinkingType(request) !== "enabled") return undefined;
      const budget = thinking(request)["budget_tokens"];
      if (typeof budget !== "number") return modelError("thinking.enabled.budget_tokens: Field required");
      if (budget < MIN_BUDGET) {
        return modelError(
          `thinking.enabled.budget_tokens: Input should be greater than or equal to ${MIN_BUDGET}`,
        );
      }
      const { maxTokens } = request.inferenceConfig ?? {};
      return maxTokens !== undefined && budget >= maxTokens
        ? modelError("`max_tokens` must be greater than `thinking.budget_tokens`.")
        : undefined;
    },
  },
  {
    name: "thinking fixes the temperature",
    check: (request, { baseId }) => {
      const { temperature } = request.inferenceConfig ?? {};
      const thinks = claudeThinks(request, baseId);
      return thinks && temperature !== undefined && temperature !== 1
        ? modelError("`temperature` may only be set to 1 when thinking is enabled.")
        : undefined;
    },
  },
  {
    name: "thinking with a budget wants its blocks back before the last calls",
    check: (request, { baseId }) => {
      if (!CLAUDE.test(baseId) || thinkingType(request) !== "enabled") return undefined;
      const messages = request.messages ?? [];
      const answered = messages.at(-1)?.content.some(({ toolResult }) => toolResult);
      const [first] = (answered ? messages.at(-2) : undefined)?.content ?? [];
      if (!first || first.reasoningContent) return undefined;
      const found = first.toolUse ? "tool_use" : "text";
      return modelError(
        `messages.${messages.length - 2}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found ` +
          `\`${found}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block.`,
      );
    },
  },
];

/** `thinking`, or its older name on Converse. */
export function thinking(request: ConverseRequest): Record<string, unknown> {
  const { thinking: current, reasoning_config: older } = additionalFields(request);
  const found = current ?? older;
  return isObject(found) ? found : {};
}

export function thinkingType(request: ConverseRequest): string | undefined {
  const { type } = thinking(request);
  return typeof type === "string" ? type : undefined;
}

/** Whether a Claude is asked to think before it answers. */
export function claudeThinks(request: ConverseRequest, baseId: string): boolean {
  return CLAUDE.test(baseId) && ["enabled", "adaptive"].includes(thinkingType(request) ?? "");
}
