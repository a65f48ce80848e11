import { ADDITIONAL_FIELD_RULES } from "./additional-fields.ts";
import { CACHE_POINT_RULES } from "./cache-points.ts";
import { DOCUMENT_RULES } from "./documents.ts";
import { EFFORT_RULES } from "./effort.ts";
import { GUARDRAIL_RULES } from "./guardrail.ts";
import { IMAGE_RULES } from "./images.ts";
import { LAST_TURN_RULES } from "./last-turn.ts";
import { MAX_TOKENS_RULES } from "./max-tokens.ts";
import { MEDIA_SOURCE_RULES } from "./media-sources.ts";
import { NOVA_REASONING_RULES } from "./nova-reasoning.ts";
import { PROMPT_RULES } from "./prompts.ts";
import { REASONING_RULES } from "./reasoning-blocks.ts";
import { ROLE_RULES } from "./roles.ts";
import type { Rule } from "./rule.ts";
import { SAMPLING_RULES } from "./sampling.ts";
import { SEARCH_RESULT_RULES } from "./search-results.ts";
import { SERVICE_LEVEL_RULES } from "./service-level.ts";
import { STRUCTURED_OUTPUT_RULES } from "./structured-output.ts";
import { SUPPORT_RULES } from "./support.ts";
import { SYSTEM_TOOL_RULES } from "./system-tools.ts";
import { TEXT_RULES } from "./text.ts";
import { THINKING_FIELD_RULES } from "./thinking-fields.ts";
import { THINKING_RULES } from "./thinking.ts";
import { TOOL_CHOICE_RULES } from "./tool-choice.ts";
import { TOOL_CONFIG_RULES } from "./tool-config.ts";
import { TOOL_ID_RULES } from "./tool-ids.ts";
import { TOOL_PAIRING_RULES } from "./tool-pairing.ts";
import { TOOL_RESULT_RULES } from "./tool-results.ts";
import { TOOL_VALUE_RULES } from "./tool-values.ts";
import { TURN_RULES } from "./turns.ts";

/** Converse's own rules first, then those of the model behind it. */
export const RULES: readonly Rule[] = [
  ...PROMPT_RULES,
  ...TURN_RULES,
  ...TEXT_RULES,
  ...TOOL_CONFIG_RULES,
  ...TOOL_PAIRING_RULES,
  ...TOOL_VALUE_RULES,
  ...ROLE_RULES,
  ...DOCUMENT_RULES,
  ...GUARDRAIL_RULES,
  ...SUPPORT_RULES,
  ...TOOL_RESULT_RULES,
  ...SEARCH_RESULT_RULES,
  ...MEDIA_SOURCE_RULES,
  ...SYSTEM_TOOL_RULES,
  ...SERVICE_LEVEL_RULES,
  ...CACHE_POINT_RULES,
  ...ADDITIONAL_FIELD_RULES,
  ...REASONING_RULES,
  ...MAX_TOKENS_RULES,
  ...SAMPLING_RULES,
  ...TOOL_CHOICE_RULES,
  ...TOOL_ID_RULES,
  ...THINKING_RULES,
  ...THINKING_FIELD_RULES,
  ...EFFORT_RULES,
  ...NOVA_REASONING_RULES,
  ...LAST_TURN_RULES,
  ...STRUCTURED_OUTPUT_RULES,
  ...IMAGE_RULES,
];
