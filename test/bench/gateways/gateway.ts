import { type Child, startChild } from "../child.ts";
import type { DoorName } from "../systems/doors.ts";
import { startElsewhere } from "./elsewhere.ts";
import { buildNextApp, NEXT_APP } from "./next-app.ts";
import { startPortkey } from "./portkey.ts";

/** A server that speaks OpenAI's protocol, in a process of its own on the subject's core. */
export interface Gateway {
  /** Up to and with `/v1`, or whatever stands in its place. */
  url: string;
  model: string;
  headers: Record<string, string>;
  /** Undefined where its process is not known: then its CPU and memory are not told. */
  pid: number | undefined;
  stop(): void;
}

export interface GatewayKind {
  name: string;
  label: string;
  since?: number;
  /** Absent where there is none. */
  start: ((endpoint: string) => Promise<Gateway>) | undefined;
}

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

async function startOurs(door: DoorName, endpoint: string, path = "/v1"): Promise<Gateway> {
  const child: Child<"listen"> = startChild("dist/serve.mjs", [door, endpoint, NEXT_APP], "subject");
  const url = await child.ask<string>("listen");
  return { url: `${url}${path}`, model: MODEL, headers: {}, pid: child.pid, stop: () => child.stop() };
}

const ours = (name: DoorName, words: string): GatewayKind => ({
  name,
  label: `bedrock-openai in ${words}`,
  start: (endpoint) => startOurs(name, endpoint),
});

export const PORTKEY: GatewayKind = {
  name: "portkey",
  label: "Portkey gateway",
  since: 22,
  start: (endpoint) => startPortkey(endpoint, MODEL),
};

export const NODE = ours("node", "node:http");

/** Any server at `BENCH_BASE_URL`, such as LiteLLM or the bedrock-access-gateway. */
export const ELSEWHERE: GatewayKind = {
  name: "elsewhere",
  label: process.env["BENCH_NAME"] ?? "the gateway at BENCH_BASE_URL",
  start: startElsewhere(MODEL),
};

export const FRAMEWORKS: readonly GatewayKind[] = [
  ours("express", "Express"),
  ours("koa", "Koa"),
  ours("fastify", "Fastify"),
  ours("hono", "Hono on Node"),
  {
    ...ours("next", "Next.js"),
    start(endpoint) {
      buildNextApp();
      return startOurs("next", endpoint, "/api/v1");
    },
  },
];
