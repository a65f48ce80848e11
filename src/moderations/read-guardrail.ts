import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { ModeratedType, ModerationCategory } from "../openai/moderation-response.ts";
import { noVerdict } from "./no-verdict.ts";
import { categoryOf, type Finding, type Verdict, worst } from "./verdict.ts";

/** AWS tells confidence in words. */
const SCORES: Readonly<Record<string, number>> = { NONE: 0, LOW: 0.33, MEDIUM: 0.66, HIGH: 1 };

/**
 * The answer of ApplyGuardrail in its full scope, where a filter that found nothing is listed too.
 * @param kinds What the input is made of.
 * @throws BedrockOpenAIError 502 for one without a verdict.
 */
export function readGuardrail(
  answer: unknown,
  kinds: readonly ModeratedType[],
): Verdict & { unseen: ModeratedType[] } {
  const { action, assessments, guardrailCoverage } = isObject(answer) ? answer : {};
  if (typeof action !== "string" || !Array.isArray(assessments)) throw noVerdict();
  const filters = assessments
    .filter(isObject)
    .flatMap(({ contentPolicy }) => listIn(contentPolicy, "filters"));
  return {
    flagged: action !== "NONE" || assessments.some(hasDetected),
    // Several guardrails may have looked: the account's own stand beside the one that was named.
    findings: worst(filters.flatMap(toFinding)),
    looked: kinds.filter((kind) => coverageOf(guardrailCoverage, kind).guarded > 0),
    unseen: kinds.filter((kind) => {
      const { guarded, total } = coverageOf(guardrailCoverage, kind);
      // There is something of every kind that is asked for.
      return guarded < Math.max(total, 1);
    }),
    bedrock: { action, assessments: assessments.map(withoutArns) },
  };
}

const listIn = (value: unknown, name: string): JsonObject[] => {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** Policies hold lists of what they looked for; a detection counts also where the guardrail only tells of it. */
const hasDetected = (assessment: unknown): boolean =>
  isObject(assessment) &&
  Object.values(assessment)
    .filter(isObject)
    .flatMap((policy) => Object.keys(policy).flatMap((name) => listIn(policy, name)))
    .some(isDetected);

const isDetected = ({ action, detected }: JsonObject): boolean =>
  detected === true || action === "BLOCKED" || action === "ANONYMIZED";

function toFinding(filter: JsonObject): [ModerationCategory, Finding][] {
  const category = categoryOf(filter["type"]);
  const { confidence } = filter;
  if (category === undefined || typeof confidence !== "string" || !Object.hasOwn(SCORES, confidence))
    return [];
  return [[category, { flagged: isDetected(filter), score: SCORES[confidence]! }]];
}

const COVERAGE: Readonly<Record<ModeratedType, string>> = { text: "textCharacters", image: "images" };

/** What is not told of was not looked at. */
function coverageOf(coverage: unknown, kind: ModeratedType): { guarded: number; total: number } {
  const told = isObject(coverage) ? coverage[COVERAGE[kind]] : undefined;
  const { guarded, total } = isObject(told) ? told : {};
  return typeof guarded === "number" && typeof total === "number"
    ? { guarded, total }
    : { guarded: 0, total: 1 };
}

/** An ARN holds the operator's account. */
function withoutArns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutArns);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      /arn$/i.test(name) ? [] : [[name, withoutArns(member)] as const],
    ),
  );
}
