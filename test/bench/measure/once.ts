import type { Scenario } from "../bench.ts";
import type { Row } from "../results.ts";
import { type Asked, possible, type Side, startSubject } from "./side.ts";

interface Once<Order, Answer> extends Asked {
  name: string;
  title: string;
  unit: string;
  program: string;
  sides: readonly Side[];
  order: Order;
  repeats: number;
  /** The figures in an answer, by what to add to the side's label. */
  figures(answer: Answer): Record<string, number>;
}

/** Asks one thing of a fresh process of each side, and that several times. */
export const once = <Order, Answer>(spec: Once<Order, Answer>): Scenario => ({
  name: spec.name,
  async measure(bench) {
    const rows = new Map<string, Row>();
    for (let repeat = 0; repeat < Math.max(1, spec.repeats * bench.effort.share); repeat += 1)
      for (const side of possible(spec.sides, bench)) {
        const child = startSubject<Order>(spec.program, side, bench, spec);
        try {
          const figures = spec.figures(await child.ask<Answer>(spec.order));
          for (const [suffix, figure] of Object.entries(figures)) {
            const name = suffix ? `${side.name}-${suffix.replaceAll(/\W+/g, "-")}` : side.name;
            const label = suffix ? `${side.label}, ${suffix}` : side.label;
            const row = rows.get(name) ?? { name, label, rounds: [] };
            row.rounds.push(figure);
            rows.set(name, row);
          }
        } finally {
          child.stop();
        }
      }
    const { name, title, unit } = spec;
    return { [name]: { title, unit, rows: [...rows.values()] } };
  },
});
