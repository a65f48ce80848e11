import type { Bench, Scenario } from "../bench.ts";
import type { Counts } from "../server/load-server.ts";
import type { SubjectOrder } from "../subject/ask.ts";
import type { Row } from "../results.ts";
import { possible, type Side, startSubject } from "./side.ts";

const REQUESTS = 100;
const WORKS = { chat: "whole answers", stream: "streams" } as const;
const LANES = [1, 16];

/** New connections per request, once warm. An exact count, not a measurement. */
export const connections = (sides: readonly Side[]): Scenario => ({
  name: "connections",
  async measure(bench) {
    const rows: Row[] = [];
    for (const side of possible(sides, bench)) rows.push(...(await countFor(side, bench)));
    return { connections: { title: "New connections for a warm client", unit: "per request", rows } };
  },
});

async function countFor(side: Side, bench: Bench): Promise<Row[]> {
  const subject = startSubject<SubjectOrder>("ask", side, bench, { profile: "short" });
  const rows: Row[] = [];
  try {
    for (const concurrency of LANES)
      for (const [work, words] of Object.entries(WORKS) as [keyof typeof WORKS, string][]) {
        const order: SubjectOrder = { work, times: REQUESTS, concurrency };
        await subject.ask(order);
        const before = await bench.server.ask<Counts>("counts");
        await subject.ask(order);
        const after = await bench.server.ask<Counts>("counts");
        const requests = after.requests - before.requests;
        if (requests !== REQUESTS) throw new Error(`${requests} requests arrived instead of ${REQUESTS}.`);
        rows.push({
          name: `${side.name}-${work}-${concurrency}`,
          label: `${side.label}, ${words}, ${concurrency} at a time`,
          rounds: [(after.connections - before.connections) / requests],
        });
      }
  } finally {
    subject.stop();
  }
  return rows;
}
