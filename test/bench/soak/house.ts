/** The process that is watched: the library behind node:http, and called within. `house.ts <package|source> <endpoint> <idle>` */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../child.ts";
import { MODEL } from "../systems/access.ts";
import { burst } from "./bursts.ts";
import { runLanes } from "./lanes.ts";
import { hear, judge, nothingTold, type Told } from "./told.ts";
import type { Plan } from "./plan.ts";

export type HouseOrder =
  | { work: "listen" }
  | { work: "facts"; settled: boolean }
  | { work: "streams"; lanes: number; ms: number; seed: number; firstId: number }
  | { work: "bursts"; lanes: number; ms: number; seed: number };

export interface HouseFacts {
  /** Bytes. */
  heap: number;
  rss: number;
  /** By kind: what keeps the process running. */
  held: Readonly<Record<string, number>>;
  /** What nobody caught. */
  stray: readonly string[];
}

export interface InProcess {
  calls: number;
  violations: string[];
}

const [from, endpoint = "", idle] = process.argv.slice(2);
/** What users install is what is watched; a test has nothing built yet. */
const { createBedrockOpenAIHandler, streamChat, embed } =
  from === "package" ? await import("../../../dist/index.js") : await import("../../../src/index.ts");
const { bedrockOpenAI } =
  from === "package" ? await import("../../../dist/node.js") : await import("../../../adapters/node.ts");

const handler = createBedrockOpenAIHandler({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDSOAK", secretAccessKey: "soak" },
  retries: 0,
  timeouts: { idle: Number(idle) },
  // Faults are told to callers; a line for each would be all that is seen here.
  logger: { error: () => undefined, warn: () => undefined },
});

const stray: string[] = [];
process.on("unhandledRejection", (reason) => stray.push(`unhandled rejection: ${String(reason)}`));
process.on("uncaughtException", (error) => stray.push(`uncaught: ${error.stack}`));
process.on("warning", (warning) => stray.push(`warning: ${warning.name}: ${warning.message}`));

const server = createServer({ keepAliveTimeout: 0 }, bedrockOpenAI(handler));

async function listen(): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function facts(settled: boolean): Promise<HouseFacts> {
  for (let times = settled ? 4 : 0; times > 0; times -= 1) {
    // What is only weakly held goes a turn later.
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc?.();
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const held: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) held[kind] = (held[kind] ?? 0) + 1;
  return { heap: heapUsed + arrayBuffers, rss, held, stray };
}

/** One stream, asked for and read in this process. */
async function within(plan: Plan): Promise<Told> {
  const told = nothingTold();
  const leaving = new AbortController();
  try {
    const messages = [{ role: "user", content: JSON.stringify(plan) }];
    const signal = leaving.signal;
    const { value } = await streamChat({ model: MODEL, messages }, handler, { signal });
    for await (const { choices } of value) {
      const [choice] = choices;
      if (choice?.delta.content) hear(told, plan, choice.delta.content);
      told.finishReason = choice?.finish_reason ?? told.finishReason;
      if (plan.ending === "leave" && told.pieces.length >= plan.at) {
        told.end = "left";
        // Both ways out are taken: the loop's own, and the signal.
        if (plan.id % 2 === 0) return told;
        leaving.abort();
      }
    }
    told.end = "done";
  } catch (error) {
    if (told.end === "left") return told;
    told.end = "error";
    told.status = told.pieces.length === 0 ? ((error as { status?: number }).status ?? 0) : 200;
  }
  return told;
}

async function streams({ lanes, ms, seed, firstId }: Extract<HouseOrder, { work: "streams" }>) {
  const outcome: InProcess = { calls: 0, violations: [] };
  await runLanes({ lanes, ms, seed, firstId }, async (plan) => {
    const told = await within(plan);
    outcome.calls += 1;
    outcome.violations.push(...judge(plan, told));
  });
  return outcome;
}

serveParent<HouseOrder>(async (order): Promise<string | HouseFacts | InProcess> => {
  if (order.work === "listen") return listen();
  if (order.work === "facts") return facts(order.settled);
  if (order.work === "streams") return streams(order);
  return burst(order, (request, options) => embed(request, handler, options));
});
