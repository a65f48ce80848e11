import { type Bench, type OwnEffort, type Scenario, within } from "../bench.ts";
import type { Child } from "../child.ts";
import type { Row } from "../results.ts";
import type { Measurement, SubjectOrder } from "../subject/ask.ts";
import { sameBody } from "./same-body.ts";
import { type Asked, possible, type Side, startSubject } from "./side.ts";

/** What is compared, and what of it counts. */
export interface Comparison extends Asked {
  name: string;
  title: string;
  unit: string;
  /** Ratios are to the first. */
  sides: readonly Side[];
  order: SubjectOrder;
  /**
   * Asked of each process before its first round. V8 goes on compiling for thousands of calls, which a server has behind it; and it forgets
   * what it compiled where garbage is collected while no call is under way, so that nothing asks for that in between.
   */
  settle?: Pick<SubjectOrder, "times" | "concurrency">;
  /** How many units one answer has. */
  units?: number;
  /** What a round is worth; CPU microseconds per unit without it. */
  figure?: (measured: Measurement) => number;
  /** Where what the sides send must be the same, or their costs compare nothing. */
  sendsTheSame?: true;
  effort?: OwnEffort;
}

const cpuPerUnit = ({ cpuMicros, units }: Measurement): number => cpuMicros / units;

/** A scenario of systems in processes of their own. */
export const comparison = (spec: Comparison): Scenario => ({
  name: spec.name,
  async measure(bench) {
    const { name, title, unit, sides } = spec;
    const chosen = possible(sides, bench);
    if (spec.sendsTheSame) await sameBody(chosen, bench, spec);
    return { [name]: { title, unit, rows: await compare(chosen, bench, spec) } };
  },
});

/**
 * Measures the sides in turn, round by round and in rotated order, so that what disturbs the machine disturbs all.
 * @throws when a side received another number of units than it should.
 */
async function compare(sides: readonly Side[], bench: Bench, spec: Comparison): Promise<Row[]> {
  const { generations, warmUps, rounds, share } = within(bench.effort, spec.effort);
  const order = scaled(spec.order, share);
  const rows = sides.map(({ name, label }): Row => ({ name, label, rounds: [] }));
  for (let generation = 0; generation < generations; generation += 1) {
    const subjects = sides.map((side, index) => ({
      row: rows[index]!,
      child: startSubject<SubjectOrder>("ask", side, bench, spec),
    }));
    try {
      for (const { row, child } of subjects) await settle(child, spec, share, row.label);
      for (let round = -warmUps; round < rounds; round += 1) {
        subjects.push(...subjects.splice(0, 1));
        for (const { row, child } of subjects) {
          const figure = await measure(child, order, spec, row.label);
          if (round >= 0) row.rounds.push(figure);
        }
      }
    } finally {
      for (const { child } of subjects) child.stop();
    }
  }
  return rows;
}

const scaled = (order: SubjectOrder, share: number): SubjectOrder => ({
  ...order,
  times: Math.max(order.concurrency, Math.round(order.times * share)),
});

async function settle(
  child: Child<SubjectOrder>,
  spec: Comparison,
  share: number,
  label: string,
): Promise<void> {
  if (spec.settle) await measure(child, scaled({ ...spec.order, ...spec.settle }, share), spec, label);
}

async function measure(
  child: Child<SubjectOrder>,
  order: SubjectOrder,
  { units = 1, figure = cpuPerUnit }: Comparison,
  label: string,
): Promise<number> {
  const measured = await child.ask<Measurement>(order);
  const expected = order.times * units;
  if (measured.units !== expected)
    throw new Error(`${label}: ${measured.units} units arrived instead of ${expected}.`);
  return figure(measured);
}
