import { CLAUDE, CLAUDE_FROM_4_7, GPT, GROK, rowFor } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, listed, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

interface Levels {
  models: RegExp;
  levels: readonly string[];
}

const ALL = ["low", "medium", "high", "xhigh", "max"];

/** What `output_config.effort` may say. */
const OF_CLAUDE: readonly Levels[] = [
  { models: /^anthropic\.claude-opus-4-5/, levels: ["low", "medium", "high"] },
  { models: /^anthropic\.claude-(opus|sonnet)-4-6/, levels: ["low", "medium", "high", "max"] },
  { models: CLAUDE_FROM_4_7, levels: ALL },
  { models: CLAUDE, levels: [] },
];

/** Who else has levels, and where they stand. The effort of families without a row is passed on. */
const OF_OTHERS: readonly (Levels & { field: "reasoning.effort" | "reasoning_effort" })[] = [
  { models: GPT, field: "reasoning.effort", levels: ["none", ...ALL] },
  { models: /^openai\.gpt-oss/, field: "reasoning_effort", levels: ["low", "medium", "high"] },
  { models: GROK, field: "reasoning_effort", levels: ["low", "medium", "high", "xhigh"] },
];

export const EFFORT_RULES: readonly Rule[] = [
  {
    name: "each Claude has its own levels of effort",
    check: (request, { baseId }) => {
      const levels = rowFor(OF_CLAUDE, baseId)?.levels;
      const native = claudeConfig(request)["effort"];
      return (
        levels &&
        firstOf([request.outputConfig?.["effort"], native], (effort) => claudeProblem(effort, levels))
      );
    },
  },
  {
    name: "other reasoning models have theirs",
    check: (request, { baseId }) => {
      const row = rowFor(OF_OTHERS, baseId);
      const effort = row && otherEffort(request, row.field);
      if (!row || effort === undefined || row.levels.includes(String(effort))) return undefined;
      return modelError(
        `Unsupported value: '${row.field}' does not support '${String(effort)}' with this model. ` +
          `Supported values are: ${listed(row.levels, ", and ")}.`,
      );
    },
  },
];

function claudeProblem(effort: unknown, levels: readonly string[]): string | undefined {
  if (effort === undefined || levels.includes(String(effort))) return undefined;
  if (levels.length === 0) return modelError("output_config.effort: Extra inputs are not permitted");
  if (!ALL.includes(String(effort)))
    return modelError(`output_config.effort: Input should be ${listed(ALL, " or ")}`);
  const supported = levels.toSorted().join(", ");
  return modelError(
    `This model does not support effort level '${String(effort)}'. Supported levels: ${supported}.`,
  );
}

function claudeConfig(request: ConverseRequest): Record<string, unknown> {
  const config = additionalFields(request)["output_config"];
  return isObject(config) ? config : {};
}

function otherEffort(request: ConverseRequest, field: "reasoning.effort" | "reasoning_effort"): unknown {
  const fields = additionalFields(request);
  if (field === "reasoning_effort") return fields[field];
  return isObject(fields["reasoning"]) ? fields["reasoning"]["effort"] : undefined;
}
