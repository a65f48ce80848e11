import type { Scenario } from "../bench.ts";
import { comparison, type Comparison } from "../measure/compare.ts";
import * as side from "./sides.ts";

const { B0, B1, FETCH, OURS, PIECES, RELAY } = side;

const chat = (concurrency: number) =>
  ({
    unit: "µs CPU per answer",
    profile: "short",
    order: { work: "chat", times: 1_000, concurrency },
    settle: { times: 15_000, concurrency },
    effort: { generations: 1, warmUps: 1 },
  }) as const;

/** What is measured is the request's way to AWS. */
const request = (question: "agent" | "image", times: number) =>
  ({
    unit: "ms CPU per request",
    profile: "short",
    question,
    sendsTheSame: true,
    order: { work: "chat", times, concurrency: 1 },
    settle: { times: times * 15, concurrency: 1 },
    figure: ({ cpuMicros, units }: { cpuMicros: number; units: number }) => cpuMicros / units / 1000,
  }) as const;

/** What is measured is mostly the numbers' way back. */
const vectors = (family: "titan" | "cohere", times: number) =>
  ({
    unit: "ms CPU per 96 vectors",
    profile: "short",
    question: `${family}-float`,
    units: 96,
    order: { work: "embed", times, concurrency: 1 },
    settle: { times: times * 5, concurrency: 1 },
    figure: ({ cpuMicros, units }: { cpuMicros: number; units: number }) => (cpuMicros / units / 1000) * 96,
    sides: [
      { ...B1, label: `${B1.label}, JSON.parse` },
      { ...B1, name: "unread", label: `${B1.label}, answer left unread`, system: "b1-unread" },
      { ...OURS, label: `${OURS.label}, float` },
      { ...OURS, name: "base64", label: `${OURS.label}, base64`, question: `${family}-base64` },
      { ...side.OPENAI, question: `${family}-base64` },
    ],
  }) as const;

const SPECS: Comparison[] = [
  {
    ...chat(1),
    name: "chat-1",
    title: "A whole answer, one at a time",
    sides: [B1, OURS, RELAY],
  },
  {
    ...chat(16),
    name: "chat",
    title: "A whole answer, 16 at a time",
    sides: [
      B1,
      B0,
      OURS,
      FETCH,
      side.STACK,
      side.STACK_ALONE,
      side.OPENAI,
      side.LANGCHAIN,
      side.CONVERSE,
      side.CONVERSE_B1,
      side.AI_PROVIDER,
      side.AI_TEXT,
      RELAY,
    ],
  },
  {
    ...chat(64),
    name: "chat-64",
    title: "A whole answer, 64 at a time",
    sides: [B1, OURS, RELAY],
  },
  {
    ...chat(16),
    name: "chat-tls",
    title: "A whole answer over TLS, 16 at a time",
    tls: true,
    sides: [B1, B0, OURS, side.STACK, side.H2, RELAY],
  },
  {
    ...request("agent", 40),
    name: "agent",
    title: "200 messages and 50 tools, one request at a time",
    sides: [B1, OURS, FETCH, PIECES],
  },
  {
    ...request("image", 4),
    name: "image",
    title: "An image of 10 MiB, one request at a time",
    sides: [
      { ...B1, label: `${B1.label}, from the file's bytes` },
      {
        ...B1,
        name: "b1-base64",
        label: `${B1.label}, from base64 text`,
        question: "image-from-base64",
      },
      OURS,
      FETCH,
      PIECES,
    ],
  },
  {
    ...vectors("cohere", 20),
    name: "embeddings",
    title: "96 embeddings of 1,024 numbers in one answer (Cohere)",
  },
  {
    ...vectors("titan", 3),
    name: "embeddings-titan",
    title: "96 embeddings of 1,024 numbers in 96 answers (Titan)",
  },
];

export const ANSWERS: readonly Scenario[] = SPECS.map(comparison);
