import type { Scenario } from "../bench.ts";
import type { Row } from "../results.ts";
import type { SlowMeasurement, SlowOrder } from "../subject/slow.ts";
import { possible, type Side, startSubject } from "./side.ts";

/** V8 gives a process young memory by the tens of megabytes, as it happens to be busy: all sides get as much, in MB. */
const YOUNG = ["--min-semi-space-size=16", "--max-semi-space-size=16"];

const ORDER = { streams: 500, ms: 6_000 };
/** Live heap is that of streams alone where all is compiled that they need; of RSS there is little new then, as garbage has left so much. */
const SETTLED = { heap: 100, rss: 10 };
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
    const rowsOf = (): Row[] => chosen.map(({ name, label }) => ({ name, label, rounds: [] }));
    const rows = { heap: rowsOf(), rss: rowsOf() };
    const watch = async (kind: keyof SlowMeasurement, side: Side, row: Row): Promise<void> => {
      const child = startSubject<SlowOrder>("slow", side, bench, { profile: "slow", tls }, YOUNG);
      try {
        const order: SlowOrder = { ...ORDER, settling: SETTLED[kind] };
        row.rounds.push((await child.ask<SlowMeasurement>(order))[kind] / KIB);
      } finally {
        child.kill();
      }
    };
    for (let repeat = 0; repeat < Math.max(1, repeats * bench.effort.share); repeat += 1)
      for (const kind of ["heap", "rss"] as const)
        await Promise.all(chosen.map((side, index) => watch(kind, side, rows[kind][index]!)));
    return {
      [`${name}-heap`]: { title: `${title}: live heap`, unit: "KiB per stream", rows: rows.heap },
      [`${name}-rss`]: { title: `${title}: RSS`, unit: "KiB per stream", rows: rows.rss },
    };
  },
});
