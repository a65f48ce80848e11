import type { Child } from "./child.ts";
import { type Side, startSubject } from "./compare.ts";
import type { Counts, LoadServerOrder, Ports } from "./load-server.ts";
import type { SubjectOrder } from "./subject.ts";

/** New connections per request, once warm. An exact count, not a measurement. */
export interface ConnectionCount {
  title: string;
  work: SubjectOrder["work"];
  concurrency: number;
  requests: number;
  connections: number;
  /** Absent where it is not our code. */
  passed?: boolean;
}

const REQUESTS = 100;
const MOST_PER_REQUEST = 0.02;
const WORKS = ["chat", "stream"] as const;

/** Ours must keep its connections; the SDK's defaults stand beside it for comparison. */
export async function countConnections(
  server: Child<LoadServerOrder>,
  { h1, h2 }: Ports,
): Promise<ConnectionCount[]> {
  const question = "short";
  const ours: Side = { label: "bedrock-openai handler", system: "handler", endpoint: url(h1), question };
  const b0: Side = { label: "SDK, defaults, h2c (B0)", system: "b0", endpoint: url(h2), question };
  const counted = await countFor(ours, [1, 16], server);
  const judged = counted.map((count) => ({
    ...count,
    passed: count.connections <= MOST_PER_REQUEST * REQUESTS,
  }));
  return [...judged, ...(await countFor(b0, [1], server))];
}

const url = (port: number): string => `http://127.0.0.1:${port}/short`;

async function countFor(
  side: Side,
  concurrencies: number[],
  server: Child<LoadServerOrder>,
): Promise<ConnectionCount[]> {
  const subject = startSubject(side);
  const counts: ConnectionCount[] = [];
  try {
    for (const concurrency of concurrencies) {
      for (const work of WORKS) {
        const order: SubjectOrder = { work, times: REQUESTS, concurrency };
        await subject.ask(order);
        const before = await server.ask<Counts>("counts");
        await subject.ask(order);
        const after = await server.ask<Counts>("counts");
        const requests = after.requests - before.requests;
        if (requests !== REQUESTS) throw new Error(`${requests} requests arrived instead of ${REQUESTS}.`);
        const connections = after.connections - before.connections;
        counts.push({ title: side.label, work, concurrency, requests, connections });
      }
    }
  } finally {
    subject.stop();
  }
  return counts;
}
