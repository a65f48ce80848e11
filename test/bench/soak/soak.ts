import { Agent } from "node:http";
import { type Child, startChild } from "../child.ts";
import type { AwsFacts, AwsOrder } from "./aws.ts";
import { call, type Heard } from "./caller.ts";
import type { HouseFacts, HouseOrder, InProcess } from "./house.ts";
import { runLanes } from "./lanes.ts";
import { type Ending, THINKING_MS } from "./plan.ts";
import { judge } from "./told.ts";

export interface SoakOrder {
  /** What is watched: the built package, or its source. */
  from: "package" | "source";
  /** Streams at the same time. */
  lanes: number;
  /** How long new streams begin, in milliseconds. */
  ms: number;
  seed: number;
}

export interface SoakReport {
  streams: number;
  /** How many of them went how. */
  endings: Partial<Record<Ending, number>>;
  pieces: number;
  /** Microseconds, in ascending order. */
  delays: number[];
  inProcess: { streams: number; bursts: number };
  heap: { before: number; after: number; allowed: number };
  /** Before: a house that has been called, by one caller. */
  rss: { before: number; most: number };
  /** One line for each rule that was broken. */
  violations: string[];
}

/** Too short a run has no time for a model that thinks. */
const LONG_MS = 30_000;
const THINKERS = 4;
const STEP_MS = 500;
const SETTLE_MS = 15_000;

/** Bytes: what compilers and caches go on taking for a while, and what a single stream may leave. */
const SLACK = 2_000_000;
const SLACK_PER_CALL = 100;

/**
 * Streams that go well, go wrong or are left, in three processes: AWS, the library, and its callers here. Afterwards all of
 * them have to be as they were before.
 */
export async function soak({ from, lanes, ms, seed }: SoakOrder): Promise<SoakReport> {
  const thinks = ms >= LONG_MS;
  const aws = startChild<AwsOrder>("soak/aws.ts", [], "server");
  const endpoint = await aws.ask<string>("start");
  const idle = thinks ? THINKING_MS + 2_000 : 1_500;
  const house = startChild<HouseOrder>("soak/house.ts", [from, endpoint, String(idle)], "subject");
  const agent = new Agent({ keepAlive: true });
  try {
    const url = await house.ask<string>({ work: "listen" });
    const report = newReport();
    const served = (order: { ms: number; firstId: number; thinkers?: number }): Promise<void> =>
      serve({ url, agent, lanes, seed, ...order }, report);
    await house.ask({ work: "streams", lanes: 1, ms: 300, seed, firstId: 4e6 });
    const { rss } = await house.ask<HouseFacts>({ work: "facts", settled: true });
    // What comes first makes pools and compiled code grow to the size at which they stay.
    await Promise.all([
      served({ ms: Math.min(ms / 3, 10_000), firstId: 1e6 }),
      withinHouse(house, { lanes: 10, ms: 1_000, seed, firstId: 2e6 }, report),
    ]);
    const before = await settled(aws, house, agent, report);
    Object.assign(report, { ...newReport(), violations: report.violations });
    const watching = watchRss(house, ms);
    await served({ ms, firstId: 0, ...(thinks && { thinkers: THINKERS }) });
    const most = await watching;
    await withinHouse(house, { lanes: Math.ceil(lanes / 2), ms: ms / 8, seed, firstId: 3e6 }, report);
    const after = await settled(aws, house, agent, report);
    const calls = report.streams + report.inProcess.streams + report.inProcess.bursts;
    report.heap = { before: before.heap, after: after.heap, allowed: SLACK + SLACK_PER_CALL * calls };
    report.rss = { before: rss, most };
    report.violations.push(...changed(before, after, report), ...after.stray);
    report.delays.sort((one, other) => one - other);
    return report;
  } finally {
    agent.destroy();
    house.stop();
    aws.stop();
  }
}

const newReport = (): SoakReport => ({
  streams: 0,
  endings: {},
  pieces: 0,
  delays: [],
  inProcess: { streams: 0, bursts: 0 },
  heap: { before: 0, after: 0, allowed: 0 },
  rss: { before: 0, most: 0 },
  violations: [],
});

interface Serving {
  url: string;
  agent: Agent;
  lanes: number;
  ms: number;
  seed: number;
  firstId: number;
  thinkers?: number;
}

async function serve({ url, agent, ...order }: Serving, report: SoakReport): Promise<void> {
  const heard: Heard = report;
  await runLanes(order, async (plan) => {
    const told = await call(url, agent, plan, heard);
    report.streams += 1;
    report.pieces += told.pieces.length;
    report.endings[plan.ending] = (report.endings[plan.ending] ?? 0) + 1;
    report.violations.push(...judge(plan, told));
  });
}

/** The same without HTTP, and lists of embeddings. */
async function withinHouse(
  house: Child<HouseOrder>,
  order: { lanes: number; ms: number; seed: number; firstId: number },
  report: SoakReport,
): Promise<void> {
  const streams = await house.ask<InProcess>({ work: "streams", ...order });
  const bursts = await house.ask<InProcess>({ work: "bursts", ...order, lanes: Math.min(order.lanes, 20) });
  report.inProcess = { streams: streams.calls, bursts: bursts.calls };
  report.violations.push(...streams.violations, ...bursts.violations);
}

/** The most memory that the process had, seen twice a second. */
async function watchRss(house: Child<HouseOrder>, ms: number): Promise<number> {
  let most = 0;
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    const { rss } = await house.ask<HouseFacts>({ work: "facts", settled: false });
    most = Math.max(most, rss);
  }
  return most;
}

/** Waits until nobody talks to anybody, and tells how the house is then. */
async function settled(
  aws: Child<AwsOrder>,
  house: Child<HouseOrder>,
  agent: Agent,
  report: SoakReport,
): Promise<HouseFacts> {
  // A connection that is kept for a next call is no leak; it is closed from the other end.
  agent.destroy();
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const { open, sockets } = await aws.ask<AwsFacts>("close idle");
    if (open === 0 && sockets === 0) break;
    if (performance.now() > until) {
      report.violations.push(`AWS still has ${open} requests open and ${sockets} sockets.`);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return house.ask<HouseFacts>({ work: "facts", settled: true });
}

/** What the house has not let go of. */
function changed(before: HouseFacts, after: HouseFacts, { heap }: SoakReport): string[] {
  const growth = heap.after - heap.before;
  const grown = growth > heap.allowed ? [`the heap grew by ${growth} bytes, of ${heap.allowed} allowed`] : [];
  const kinds = Object.entries(after.held).filter(([kind, count]) => count > (before.held[kind] ?? 0));
  return [...grown, ...kinds.map(([kind, count]) => `${count} ${kind} instead of ${before.held[kind] ?? 0}`)];
}
