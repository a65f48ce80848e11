import type { Child } from "./child.ts";
import { startSubject } from "./compare.ts";
import type { Counts, LoadServerOrder, Ports } from "./load-server.ts";
import type { SubjectOrder } from "./subject.ts";
import type { SystemName } from "./systems/systems.ts";

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
const CONCURRENCIES = [1, 16];
const WORKS = ["chat", "stream"] as const;

/** Ours must keep its connections; the SDK's defaults stand beside it for comparison. */
export async function countConnections(
  server: Child<LoadServerOrder>,
  { h1, h2 }: Ports,
): Promise<ConnectionCount[]> {
  return [
    ...(await countFor("handler", "bedrock-openai handler", `http://127.0.0.1:${h1}/short`, server)),
    ...(await countFor("b0", "SDK, defaults, h2c (B0)", `http://127.0.0.1:${h2}/short`, server)),
  ];
}

async function countFor(
  system: SystemName,
  title: string,
  endpoint: string,
  server: Child<LoadServerOrder>,
): Promise<ConnectionCount[]> {
  const subject = startSubject({ label: title, system, endpoint });
  const counts: ConnectionCount[] = [];
  try {
    for (const concurrency of CONCURRENCIES) {
      for (const work of WORKS) {
        const order: SubjectOrder = { work, times: REQUESTS, concurrency };
        await subject.ask(order);
        const before = { ...(await server.ask<Counts>("counts")) };
        await subject.ask(order);
        const after = await server.ask<Counts>("counts");
        const requests = after.requests - before.requests;
        const connections = after.connections - before.connections;
        if (requests !== REQUESTS) throw new Error(`${requests} requests arrived instead of ${REQUESTS}.`);
        const verdict = system === "handler" ? { passed: connections / requests <= MOST_PER_REQUEST } : {};
        counts.push({ title, work, concurrency, requests, connections, ...verdict });
      }
    }
  } finally {
    subject.stop();
  }
  return counts;
}
