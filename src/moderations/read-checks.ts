import { isObject } from "../conversation/json-schema/is-object.ts";
import type { ModerationCategory } from "../openai/moderation-response.ts";
import { noVerdict } from "./no-verdict.ts";
import { categoryOf, FILTER_NAMES, type Finding, type Verdict, worst } from "./verdict.ts";

/** Severities are 0, 0.2, 0.4, … 1. */
const FLAGGED_FROM = 0.5;

/**
 * The answer of InvokeGuardrailChecks.
 * @throws BedrockOpenAIError 502 for one that does not tell of everything that was asked.
 */
export function readChecks(answer: unknown): Verdict {
  const { contentFilter } = objectAt(answer, "results");
  const { results } = isObject(contentFilter) ? contentFilter : {};
  const findings = worst((Array.isArray(results) ? results : []).flatMap(toFinding));
  if (findings.size !== FILTER_NAMES.length) throw noVerdict();
  return { flagged: [...findings.values()].some(({ flagged }) => flagged), findings, looked: ["text"] };
}

function toFinding(result: unknown): [ModerationCategory, Finding][] {
  const { category, severityScore: score } = isObject(result) ? result : {};
  const name = categoryOf(category);
  return name !== undefined && typeof score === "number" && score >= 0 && score <= 1
    ? [[name, { flagged: score >= FLAGGED_FROM, score }]]
    : [];
}

const objectAt = (value: unknown, name: string): Record<string, unknown> => {
  const member = isObject(value) ? value[name] : undefined;
  return isObject(member) ? member : {};
};
