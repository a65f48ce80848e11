import { type Plan, type Plans, plansFrom, thinking } from "./plan.ts";

export interface Lanes extends Omit<Plans, "longest"> {
  /** Streams at the same time. */
  lanes: number;
  /** How long new ones begin. */
  ms: number;
  /** Streams beside them that are silent for longer than a keep-alive takes to come. */
  thinkers?: number;
}

const LONGEST_MS = 8_000;

/** Keeps that many streams open at the same time, the next when one is over; ends when the last is. */
export async function runLanes(
  { lanes, ms, seed, firstId, thinkers = 0 }: Lanes,
  run: (plan: Plan) => Promise<void>,
): Promise<void> {
  const until = performance.now() + ms;
  const plans = plansFrom({ seed, firstId: firstId + thinkers, longest: Math.min(ms / 3, LONGEST_MS) });
  const lane = async (): Promise<void> => {
    while (performance.now() < until) await run(plans.next().value);
  };
  await Promise.all([
    ...Array.from({ length: thinkers }, (_, index) => run(thinking(firstId + index))),
    ...Array.from({ length: lanes }, lane),
  ]);
}
