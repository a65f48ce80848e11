import { anthropicBody } from "../anthropic/body.ts";
import { checkAnthropic } from "../anthropic/check.ts";
import { readAnthropic } from "../anthropic/read.ts";
import { writeEvents, writeMessage } from "../anthropic/write.ts";
import { anthropicWords } from "../anthropic/words.ts";
import type { Family } from "../family.ts";
import { CLAUDE_RULES } from "../rule-sets.ts";

/** Claude 3 and later: Anthropic's Messages API without `model` and `stream`. */
export const ANTHROPIC_MESSAGES: Family = {
  name: "Anthropic Messages",
  models: /^anthropic\.claude-(?!v\d|instant)/,
  shape: () => anthropicBody,
  refuse: anthropicWords,
  check: checkAnthropic,
  rules: CLAUDE_RULES,
  read: (body) => ({ request: readAnthropic(body) }),
  whole: writeMessage,
  chunks: writeEvents,
};
