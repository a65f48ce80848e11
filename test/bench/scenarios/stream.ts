import { compare, type Effort, type Side } from "../compare.ts";
import type { Ports } from "../load-server.ts";
import { PROFILES } from "../wire.ts";
import { type Row, type Scenario, toScenario } from "./scenario.ts";
import { B0, B1, b1, mainSides, OPENAI, OURS, ours } from "./sides.ts";

const OURS_4K = "the same, 4 KiB writes";

const STREAM_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: B0, of: B0, over: B1 },
  { title: `${OURS}, SSE bytes`, of: OURS, over: B1, target: 0.35 },
  { title: OPENAI, of: OPENAI, over: B1 },
  { title: `${OURS}, 64 KiB against 4 KiB writes`, of: OURS, over: OURS_4K, target: 1.2 },
];

const RESPONSES = "responses";
const MESSAGES = "messages";

const WIRE_ROWS: Row[] = [
  { title: `${OURS}, chat completions`, of: OURS, over: OURS },
  { title: `${OURS}, responses, kept`, of: RESPONSES, over: OURS, target: 1.25 },
  { title: `${OURS}, Anthropic's messages`, of: MESSAGES, over: OURS, target: 1.25 },
];

const PACED_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: `${OURS}, SSE bytes`, of: OURS, over: B1 },
];

export async function streamScenario(ports: Ports, effort: Effort, times: number): Promise<Scenario> {
  const sides: Side[] = [...mainSides(ports, "bulk"), { ...ours(ports, "bulk-4k"), label: OURS_4K }];
  const { deltas } = PROFILES.bulk;
  const costs = await compare(sides, { work: "stream", times, concurrency: 1 }, deltas, effort);
  return toScenario("delta", costs, STREAM_ROWS);
}

/** The same answer in three protocols: what one of its events costs in each. */
export async function wireScenario(ports: Ports, effort: Effort, times: number): Promise<Scenario> {
  const chat = ours(ports, "bulk");
  const sides: Side[] = [
    chat,
    { ...chat, system: "handler-responses", label: RESPONSES },
    { ...chat, system: "handler-messages", label: MESSAGES },
  ];
  const { deltas } = PROFILES.bulk;
  const costs = await compare(sides, { work: "stream", times, concurrency: 1 }, deltas, effort);
  return toScenario("delta", costs, WIRE_ROWS);
}

/** How models stream: one frame at a time, 100 a second, to 50 callers at once. System calls are most of it. */
export async function pacedScenario(ports: Ports, effort: Effort, streams: number): Promise<Scenario> {
  const sides = [b1(ports, "paced"), ours(ports, "paced")];
  const order = { work: "stream", times: streams, concurrency: streams } as const;
  const costs = await compare(sides, order, PROFILES.paced.deltas, effort);
  return toScenario("delta", costs, PACED_ROWS);
}
