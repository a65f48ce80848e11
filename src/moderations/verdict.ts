import {
  MODERATION_CATEGORIES,
  type ModeratedType,
  type ModerationCategory,
  type ModerationResult,
} from "../openai/moderation-response.ts";

/** What was found of one category. */
export interface Finding {
  flagged: boolean;
  /** Between 0 and 1. */
  score: number;
}

/** What Bedrock makes of one input. */
export interface Verdict extends Pick<ModerationResult, "bedrock"> {
  flagged: boolean;
  /** Of what was checked, and nothing else. */
  findings: ReadonlyMap<ModerationCategory, Finding>;
  /** What was looked at. */
  looked: readonly ModeratedType[];
}

/** AWS's content filters in OpenAI's words. Source: AWS's guide to content filters, OpenAI's guide to moderation. */
export const FILTERS = {
  HATE: "hate",
  INSULTS: "harassment",
  SEXUAL: "sexual",
  VIOLENCE: "violence",
  MISCONDUCT: "illicit",
} as const satisfies Record<string, ModerationCategory>;

export const FILTER_NAMES = Object.keys(FILTERS) as (keyof typeof FILTERS)[];

/** What is told of a category more than once counts as the worst of it. */
export function worst(
  found: readonly (readonly [ModerationCategory, Finding])[],
): Map<ModerationCategory, Finding> {
  const findings = new Map<ModerationCategory, Finding>();
  for (const [category, { flagged, score }] of found) {
    const known = findings.get(category);
    findings.set(category, {
      flagged: flagged || known?.flagged === true,
      score: Math.max(score, known?.score ?? 0),
    });
  }
  return findings;
}

/** Undefined for what OpenAI has no word for: prompt attacks. */
export const categoryOf = (filter: unknown): ModerationCategory | undefined =>
  FILTER_NAMES.includes(filter as keyof typeof FILTERS) ? FILTERS[filter as keyof typeof FILTERS] : undefined;

const CHECKED: readonly ModerationCategory[] = Object.values(FILTERS);

/** What nobody at AWS looks for. */
export const NEVER_CHECKED = MODERATION_CATEGORIES.filter((category) => !CHECKED.includes(category));

/** What could have been checked and was not. */
export const uncheckedIn = (verdicts: readonly Verdict[]): ModerationCategory[] =>
  CHECKED.filter((category) => verdicts.some(({ findings }) => !findings.has(category)));

/** A result in OpenAI's form; null for what was not checked. */
export function toResult({ flagged, findings, looked, bedrock }: Verdict): ModerationResult {
  const each = <T>(of: (finding: Finding | undefined) => T): Record<ModerationCategory, T> =>
    Object.fromEntries(
      MODERATION_CATEGORIES.map((category) => [category, of(findings.get(category))]),
    ) as Record<ModerationCategory, T>;
  return {
    flagged,
    categories: each((finding) => finding?.flagged ?? null),
    category_scores: each((finding) => finding?.score ?? null),
    category_applied_input_types: each((finding) => (finding ? [...looked] : [])),
    ...(bedrock && { bedrock }),
  };
}
