import { type Child, startChild } from "./child.ts";
import type { EmbeddingName } from "./questions/embeddings.ts";
import type { QuestionName } from "./questions/questions.ts";
import type { Measurement, SubjectOrder } from "./subject.ts";
import type { SystemName } from "./systems/systems.ts";

/** One side of a comparison. The endpoint is the load server's, with the profile as its path. */
export interface Side {
  label: string;
  system: SystemName;
  endpoint: string;
  question: QuestionName | EmbeddingName;
}

export interface Effort {
  /** Fresh processes for every side, since two runs of one program are compiled differently. */
  generations: number;
  warmUps: number;
  rounds: number;
}

/** CPU microseconds per unit: by side, one figure per round. */
export type Costs = Map<string, number[]>;

/**
 * Measures the sides in turn, round by round and in rotated order, so that what disturbs the machine disturbs all.
 * @throws when a side received another number of units than it should.
 */
export async function compare(
  sides: Side[],
  order: SubjectOrder,
  units: number,
  effort: Effort,
): Promise<Costs> {
  const costs: Costs = new Map(sides.map(({ label }) => [label, []]));
  for (let generation = 0; generation < effort.generations; generation += 1) {
    const subjects = sides.map((side) => ({ side, child: startSubject(side) }));
    try {
      for (let round = -effort.warmUps; round < effort.rounds; round += 1) {
        subjects.push(...subjects.splice(0, 1));
        for (const { side, child } of subjects) {
          const cost = await measure(child, order, units);
          if (round >= 0) costs.get(side.label)?.push(cost);
        }
      }
    } finally {
      for (const { child } of subjects) child.stop();
    }
  }
  return costs;
}

export const startSubject = ({ system, endpoint, question }: Side): Child<SubjectOrder> =>
  startChild("subject.ts", [system, endpoint, question], "subject");

async function measure(child: Child<SubjectOrder>, order: SubjectOrder, units: number): Promise<number> {
  const measured = await child.ask<Measurement>(order);
  const expected = order.times * units;
  if (measured.units !== expected) throw new Error(`${measured.units} units arrived instead of ${expected}.`);
  return measured.cpuMicros / measured.units;
}
