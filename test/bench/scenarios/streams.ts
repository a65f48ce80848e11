import type { Scenario } from "../bench.ts";
import { comparison, type Comparison } from "../measure/compare.ts";
import { PROFILES } from "../server/wire.ts";
import * as side from "./sides.ts";

const { B1, OURS } = side;

const PER_DELTA = "µs CPU per delta";
const BULK = {
  unit: PER_DELTA,
  profile: "bulk",
  units: PROFILES.bulk.deltas,
  order: { work: "stream", times: 8, concurrency: 1 },
  settle: { times: 60, concurrency: 1 },
} as const;
const PACED = {
  unit: PER_DELTA,
  profile: "paced",
  units: PROFILES.paced.deltas,
  order: { work: "stream", times: 50, concurrency: 50 },
  settle: { times: 600, concurrency: 200 },
  // It is mostly system calls, which take a third more or less from one second to the next.
  effort: { warmUps: 2, longer: 2 },
} as const;
const SHORT = {
  unit: "ms, median",
  profile: "short",
  units: PROFILES.short.deltas,
  order: { work: "stream", times: 200, concurrency: 1 },
  settle: { times: 3_000, concurrency: 16 },
  figure: ({ p50Micros }: { p50Micros: number }) => p50Micros / 1000,
} as const;

const FIRST = {
  unit: "ms, median",
  profile: "first",
  units: PROFILES.first.deltas,
  order: { work: "stream", times: 100, concurrency: 1 },
  settle: { times: 3_000, concurrency: 50 },
  figure: ({ firstMicros }: { firstMicros: number }) => firstMicros / 1000,
  effort: { generations: 1, warmUps: 1 },
} as const;

const SPECS: Comparison[] = [
  {
    ...BULK,
    name: "bulk",
    title: "A stream of 2,000 deltas, as fast as it comes",
    sides: [B1, side.B0, OURS, side.STACK, side.OPENAI, side.OPENAI_FETCH, side.RELAY],
  },
  {
    ...BULK,
    name: "bulk-tls",
    title: "A stream of 2,000 deltas over TLS, as fast as it comes",
    tls: true,
    sides: [B1, side.B0, OURS, side.H2, side.OPENAI, side.RELAY],
  },
  {
    ...BULK,
    name: "bulk-50",
    title: "50 streams of 2,000 deltas at once, as fast as they come",
    order: { work: "stream", times: 50, concurrency: 50 },
    effort: { generations: 1, warmUps: 1 },
    sides: [B1, OURS, side.OPENAI, side.RELAY],
  },
  {
    ...BULK,
    name: "bulk-clients",
    title: "A stream of 2,000 deltas, by what applications call",
    sides: [
      B1,
      OURS,
      side.OPENAI,
      side.LANGCHAIN,
      side.CHAT_OPENAI,
      side.CONVERSE,
      side.CONVERSE_B1,
      side.AI_PROVIDER,
      side.AI_TEXT,
    ],
  },
  {
    ...BULK,
    name: "bulk-reads",
    title: "A stream of 2,000 deltas, by how its bytes come",
    sides: [
      { ...OURS, name: "4k", label: "bedrock-openai handler, 4 KiB at a time", profile: "bulk-4k" },
      { ...OURS, name: "64k", label: "bedrock-openai handler, 64 KiB at a time" },
    ],
  },
  {
    ...BULK,
    name: "bulk-wires",
    title: "A stream of 2,000 deltas, by protocol",
    sides: [OURS, side.RESPONSES, side.MESSAGES],
  },
  {
    ...PACED,
    name: "paced",
    title: "50 streams at once, each with 100 deltas a second",
    sides: [B1, OURS, side.OPENAI, side.OPENAI_FETCH, side.OPENAI_ALONE, side.RELAY],
  },
  {
    ...PACED,
    name: "paced-tls",
    title: "50 streams over TLS at once, each with 100 deltas a second",
    tls: true,
    sides: [B1, OURS, side.H2, side.RELAY],
  },
  {
    ...PACED,
    name: "paced-1",
    title: "One stream with 100 deltas a second",
    order: { work: "stream", times: 1, concurrency: 1 },
    sides: [B1, OURS, side.RELAY],
  },
  {
    ...SHORT,
    name: "short",
    title: "A stream of 5 deltas, from the question to its end",
    sides: [B1, side.B0, OURS, side.RELAY],
  },
  {
    ...SHORT,
    name: "short-tls",
    title: "A stream of 5 deltas over TLS, from the question to its end",
    tls: true,
    sides: [B1, side.B0, OURS, side.H2, side.CONVERSE, side.AI_PROVIDER, side.RELAY],
  },
  {
    ...FIRST,
    name: "first-tls",
    title: "From the question to the first delta, over TLS",
    tls: true,
    sides: [B1, side.B0, OURS, side.H2, side.OPENAI, side.CONVERSE, side.AI_PROVIDER],
  },
];

export const STREAMS: readonly Scenario[] = SPECS.map(comparison);
