import { compare, type Costs, type Effort, type Side } from "./compare.ts";
import { spread, type Spread } from "./statistics.ts";
import type { Ports } from "./load-server.ts";
import { PROFILES, type ProfileName } from "./wire.ts";

export interface Figure {
  title: string;
  /** CPU microseconds per unit. */
  cost: Spread;
  /** This side's cost over the other's, of the same round. */
  ratio: Spread;
  over: string;
  target?: number;
}

interface Row {
  title: string;
  of: string;
  over: string;
  target?: number;
}

export interface Scenario {
  unit: string;
  figures: Figure[];
  costs: Costs;
}

/** What the ratios are against. */
const B1 = "SDK, keep-alive HTTP/1.1 (B1)";
const B0 = "SDK, defaults, h2c (B0)";
const OURS = "bedrock-openai handler";
const OURS_4K = "the same, 4 KiB writes";
const OPENAI = "openai client over createBedrockFetch";

const STREAM_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: B0, of: B0, over: B1 },
  { title: `${OURS}, SSE bytes`, of: OURS, over: B1, target: 0.35 },
  { title: OPENAI, of: OPENAI, over: B1 },
  { title: `${OURS}, 64 KiB against 4 KiB writes`, of: OURS, over: OURS_4K, target: 1.2 },
];

const PACED_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: `${OURS}, SSE bytes`, of: OURS, over: B1 },
];

const CHAT_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: B0, of: B0, over: B1 },
  { title: `${OURS}, response.json()`, of: OURS, over: B1 },
  { title: OPENAI, of: OPENAI, over: B1 },
];

export async function streamScenario(ports: Ports, effort: Effort, times: number): Promise<Scenario> {
  const sides: Side[] = [...mainSides(ports, "bulk"), { ...ours(ports, "bulk-4k"), label: OURS_4K }];
  const { deltas } = PROFILES.bulk;
  const costs = await compare(sides, { work: "stream", times, concurrency: 1 }, deltas, effort);
  return { unit: "delta", costs, figures: figures(costs, STREAM_ROWS) };
}

/** How models stream: one frame at a time, 100 a second, to 50 callers at once. System calls are most of it. */
export async function pacedScenario(ports: Ports, effort: Effort, streams: number): Promise<Scenario> {
  const sides = mainSides(ports, "paced").filter(({ system }) => system === "b1" || system === "handler");
  const order = { work: "stream", times: streams, concurrency: streams } as const;
  const costs = await compare(sides, order, PROFILES.paced.deltas, effort);
  return { unit: "delta", costs, figures: figures(costs, PACED_ROWS) };
}

export async function chatScenario(ports: Ports, effort: Effort, times: number): Promise<Scenario> {
  const sides = mainSides(ports, "bulk");
  const costs = await compare(sides, { work: "chat", times, concurrency: 16 }, 1, effort);
  return { unit: "request", costs, figures: figures(costs, CHAT_ROWS) };
}

const url = (port: number, profile: ProfileName): string => `http://127.0.0.1:${port}/${profile}`;

const ours = ({ h1 }: Ports, profile: ProfileName): Side => ({
  label: OURS,
  system: "handler",
  endpoint: url(h1, profile),
});

const mainSides = (ports: Ports, profile: ProfileName): Side[] => [
  { label: B1, system: "b1", endpoint: url(ports.h1, profile) },
  ours(ports, profile),
  { label: OPENAI, system: "openai", endpoint: url(ports.h1, profile) },
  { label: B0, system: "b0", endpoint: url(ports.h2, profile) },
];

function figures(costs: Costs, rows: Row[]): Figure[] {
  return rows.map(({ title, of, over, target }) => {
    const cost = costs.get(of) ?? [];
    const base = costs.get(over) ?? [];
    const ratio = spread(cost.map((value, round) => value / (base[round] ?? Number.NaN)));
    return { title, cost: spread(cost), ratio, over, ...(target !== undefined && { target }) };
  });
}
