import { CACHE_POINT_RULES } from "../rules/cache-points.ts";
import { EFFORT_RULES } from "../rules/effort.ts";
import { GUARDRAIL_RULES } from "../rules/guardrail.ts";
import { IMAGE_RULES } from "../rules/images.ts";
import { LAST_TURN_RULES } from "../rules/last-turn.ts";
import { MAX_TOKENS_RULES } from "../rules/max-tokens.ts";
import { REASONING_RULES } from "../rules/reasoning-blocks.ts";
import { firstOf } from "../rules/rule.ts";
import type { Rule } from "../rules/rule.ts";
import { RULES } from "../rules/rules.ts";
import { SAMPLING_RULES } from "../rules/sampling.ts";
import { SERVICE_LEVEL_RULES } from "../rules/service-level.ts";
import { STRUCTURED_OUTPUT_RULES } from "../rules/structured-output.ts";
import { SUPPORT_RULES } from "../rules/support.ts";
import { THINKING_FIELD_RULES } from "../rules/thinking-fields.ts";
import { THINKING_RULES } from "../rules/thinking.ts";
import { TOOL_CHOICE_RULES } from "../rules/tool-choice.ts";
import { TOOL_PAIRING_RULES } from "../rules/tool-pairing.ts";
import { TURN_RULES } from "../rules/turns.ts";

/** Rules of Converse that hold for native bodies too, because it is the model or the service that has them. */

/** Rules of the service, whatever the body. */
export const SERVICE_RULES: readonly Rule[] = inNativeWords([...GUARDRAIL_RULES, ...SERVICE_LEVEL_RULES]);

/** Claude itself names the member and the limit. */
const CLAUDE_MAX_TOKENS: Rule = {
  name: "max_tokens stays within the model's limit",
  check: (request, model, streaming) => {
    const said = firstOf(MAX_TOKENS_RULES, ({ check }) => check(request, model, streaming));
    const [, limit] = /model limit of (\d+)/.exec(said ?? "") ?? [];
    const wanted = request.inferenceConfig?.maxTokens;
    return (
      limit &&
      `max_tokens: ${wanted} > ${limit}, which is the maximum allowed number of output tokens for ${model.baseId}`
    );
  },
};

/** What Claude refuses, which Converse only passes on. */
export const CLAUDE_RULES: readonly Rule[] = inNativeWords([
  CLAUDE_MAX_TOKENS,
  ...named(TURN_RULES, "system messages are for newer Claudes"),
  ...named(TOOL_PAIRING_RULES, "tool use ids are unique"),
  ...named(CACHE_POINT_RULES, "at most 4 cache points", "an hour of cache", "longer-lived cache points"),
  ...REASONING_RULES,
  ...SAMPLING_RULES,
  ...TOOL_CHOICE_RULES,
  ...THINKING_RULES,
  ...THINKING_FIELD_RULES,
  ...EFFORT_RULES,
  ...LAST_TURN_RULES,
  ...STRUCTURED_OUTPUT_RULES,
  ...IMAGE_RULES,
]);

/** Nova's body is Converse's, and so are its rules. */
export const NOVA_RULES: readonly Rule[] = inNativeWords(RULES);

/** What the models behind OpenAI's body cannot do at all. */
export const OPEN_WEIGHT_RULES: readonly Rule[] = inNativeWords([
  ...named(SUPPORT_RULES, "some models have no tools", "some models cannot see or hear"),
  ...IMAGE_RULES,
]);

/** The rules whose names begin like this. */
function named(rules: readonly Rule[], ...beginnings: string[]): Rule[] {
  return beginnings.flatMap((beginning) => {
    const found = rules.filter(({ name }) => name.startsWith(beginning) && !name.includes("in streams"));
    if (found.length === 0) throw new Error(`emulator: no rule is named "${beginning}"`);
    return found;
  });
}

/** Without Converse's "the model returned", with the members' native names. */
function inNativeWords(rules: readonly Rule[]): Rule[] {
  return rules.map(({ check, ...rule }) => ({
    ...rule,
    check: (...request) =>
      check(...request)
        ?.replace(/^The model returned the following errors: /, "")
        .replace(".image.source.bytes:", ".image.source.base64:"),
  }));
}
