/** OpenAI's reasoning efforts, weakest first. */
export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

export type Effort = (typeof EFFORTS)[number];

export const isEffort = (value: unknown): value is Effort => EFFORTS.includes(value as Effort);

/**
 * The strongest of `known` that is not above `wanted`; the weakest where all are above it. Who wants some thought does
 * not get none.
 */
export function nearestEffort(wanted: Effort, known: readonly Effort[]): Effort | undefined {
  const rank = EFFORTS.indexOf(wanted);
  const willing = wanted === "none" ? known : known.filter((effort) => effort !== "none");
  return willing.findLast((effort) => EFFORTS.indexOf(effort) <= rank) ?? willing[0];
}

/** The most tokens of thought that an effort stands for where the caller set no limit. Source: peers-litellm §A10. */
const BUDGETS: Readonly<Record<Exclude<Effort, "none">, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
  max: 16_384,
};

/** The share of the caller's limit that an effort stands for. Source: the access gateway's usage guide, "Reasoning". */
const SHARES: Readonly<Record<Exclude<Effort, "none">, number>> = {
  minimal: 0,
  low: 0.3,
  medium: 0.6,
  high: 1,
  xhigh: 1,
  max: 1,
};

/** Claude's least budget. */
export const MIN_BUDGET = 1024;

/**
 * Tokens of thought for an effort: a share of `maxTokens`, below which it stays, or a number of its own without one.
 * The result may be below `MIN_BUDGET` only where `maxTokens` leaves no room for it.
 */
export function budgetOf(effort: Exclude<Effort, "none">, maxTokens: number | undefined): number {
  if (maxTokens === undefined) return BUDGETS[effort];
  return Math.min(Math.max(MIN_BUDGET, Math.floor(SHARES[effort] * maxTokens)), maxTokens - 1);
}

/** The effort that a budget comes closest to, for models that know only efforts. Source: peers-litellm §A10. */
export function effortOf(budget: number): Effort {
  if (budget <= 2000) return "low";
  if (budget <= 3000) return "medium";
  return budget <= 4096 ? "high" : "xhigh";
}
