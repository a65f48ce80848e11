import type { Scenario } from "../bench.ts";
import type { Row } from "../results.ts";
import type { SlowMeasurement, SlowOrder } from "../subject/slow.ts";
import { possible, type Side, startSubject } from "./side.ts";

const ORDER: SlowOrder = { streams: 500, ms: 6_000 };
const KIB = 1024;

interface Slow {
  name: string;
  title: string;
  tls: boolean;
  sides: readonly Side[];
  repeats: number;
}

/** Memory of many slow streams. No time is taken, so all sides are watched side by side. */
export const slow = ({ name, title, tls, sides, repeats }: Slow): Scenario => ({
  name,
  async measure(bench) {
    const chosen = possible(sides, bench);
    const heap = chosen.map(({ name, label }): Row => ({ name, label, rounds: [] }));
    const rss = chosen.map(({ name, label }): Row => ({ name, label, rounds: [] }));
    const watch = async (side: Side, index: number): Promise<void> => {
      const child = startSubject<SlowOrder>("slow", side, bench, { profile: "slow", tls });
      try {
        const measured = await child.ask<SlowMeasurement>(ORDER);
        heap[index]!.rounds.push(measured.heap / KIB);
        rss[index]!.rounds.push(measured.rss / KIB);
      } finally {
        child.kill();
      }
    };
    for (let repeat = 0; repeat < Math.max(1, repeats * bench.effort.share); repeat += 1)
      await Promise.all(chosen.map(watch));
    return {
      [`${name}-heap`]: { title: `${title}: live heap`, unit: "KiB per stream", rows: heap },
      [`${name}-rss`]: { title: `${title}: RSS`, unit: "KiB per stream", rows: rss },
    };
  },
});
