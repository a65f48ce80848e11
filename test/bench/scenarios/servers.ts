import type { Scenario } from "../bench.ts";
import { ELSEWHERE, FRAMEWORKS, NODE, PORTKEY } from "../gateways/gateway.ts";
import { cpuPerUnit, rssPer, servers } from "../measure/servers.ts";

const TWO = [PORTKEY, NODE, ELSEWHERE];
const ALL = [PORTKEY, NODE, ...FRAMEWORKS, ELSEWHERE];
const SLOW = 500;

export const SERVERS: readonly Scenario[] = [
  servers({
    name: "server-chat",
    title: "A server, whole answers, 16 at a time",
    unit: "µs CPU per answer",
    profile: "short",
    gateways: ALL,
    order: { stream: false, times: 500, concurrency: 16 },
    settle: { times: 6_000, concurrency: 16 },
    take: cpuPerUnit,
  }),
  servers({
    name: "server-bulk",
    title: "A server, streams of 250 deltas, as fast as they come, 16 at a time",
    unit: "µs CPU per delta",
    profile: "bulk-250",
    gateways: ALL,
    order: { stream: true, times: 64, concurrency: 16 },
    settle: { times: 500, concurrency: 16 },
    take: cpuPerUnit,
  }),
  servers({
    name: "server-paced",
    title: "A server, 50 streams at once, each with 50 deltas a second",
    unit: "µs CPU per delta",
    profile: "paced-50",
    gateways: TWO,
    order: { stream: true, times: 50, concurrency: 50 },
    settle: { times: 450, concurrency: 150 },
    take: cpuPerUnit,
    effort: { warmUps: 1, longer: 3 },
  }),
  servers({
    name: "server-slow",
    title: "A server, 500 slow streams at once",
    unit: "KiB of RSS per stream",
    profile: "slow",
    gateways: TWO,
    order: { stream: true, times: SLOW, concurrency: SLOW },
    // As where RSS is measured in process: garbage of more calls would leave room for streams.
    settle: { stream: false, times: 10, concurrency: 10 },
    take: rssPer(SLOW, 6_000),
    effort: { warmUps: 0, rounds: 1 },
  }),
];
