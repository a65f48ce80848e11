import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Child, startChild } from "../../bench/child.ts";
import type { AwsFacts, AwsOrder } from "../../bench/soak/aws.ts";
import { call } from "../../bench/soak/caller.ts";
import type { Ending, Plan } from "../../bench/soak/plan.ts";
import { judge, type Told } from "../../bench/soak/told.ts";
import { startBedrockEmulator } from "../../../src/testing/index.ts";
import { NOVA } from "../../support/bedrock.ts";
import { cleanUp, type Run, served } from "./run.ts";

/** A server with many streams open, which is told to stop, or whose AWS dies. */

const STREAMS = 50;
const ACCESS = { AWS_ACCESS_KEY_ID: "AKIDDRAINDRAINDRAIN0", AWS_SECRET_ACCESS_KEY: "drain" };

let aws: Child<AwsOrder>;
let endpoint: string;
let server: Run & { url: string };
let agent: Agent;
beforeEach(async () => {
  aws = startChild<AwsOrder>("soak/aws.ts", [], "server");
  endpoint = await aws.ask<string>("start");
  server = await served(["--endpoint", endpoint, "--region", "us-east-1"], ACCESS);
  agent = new Agent({ keepAlive: true });
});
afterEach(async () => {
  agent.destroy();
  await cleanUp();
  aws.stop();
});

const plan = (id: number, ending: Ending): Plan => ({ id, ending, chunks: 60, at: 30, gap: 30 });

/** Streams that AWS has begun to answer, all of them. */
async function streaming(endings: readonly Ending[]): Promise<{ plan: Plan; told: Promise<Told> }[]> {
  const heard = { delays: [] as number[] };
  const streams = Array.from({ length: STREAMS }, (_, id) => {
    const asked = plan(id, endings[id % endings.length]!);
    return { plan: asked, told: call(server.url, agent, asked, heard) };
  });
  await expect.poll(() => openAtAws(), { timeout: 15_000 }).toBe(STREAMS);
  // The last of them too has sent its first piece by then.
  await expect.poll(() => heard.delays.length, { timeout: 15_000 }).toBeGreaterThan(STREAMS * 3);
  return streams;
}

const openAtAws = async (): Promise<number> => (await aws.ask<AwsFacts>("facts")).open;

async function violationsOf(streams: readonly { plan: Plan; told: Promise<Told> }[]): Promise<string[]> {
  const judged = streams.map(async ({ plan, told }) => judge(plan, await told));
  return (await Promise.all(judged)).flat();
}

/** As a load balancer asks, over a connection of its own or one that it has kept. */
const health = (by?: Agent): Promise<number | string> =>
  new Promise((resolve) => {
    const asked = request(`${server.url}/health`, by ? { agent: by } : {}, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    asked.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "error")).end();
  });

describe("a server that is told to stop under load", () => {
  it("ends every stream as it would have, faults too, and lets nobody new in", async () => {
    const balancer = new Agent({ keepAlive: true });
    expect(await health(balancer)).toBe(200);
    const streams = await streaming(["whole", "whole", "exception", "whole", "corrupt"]);
    server.child.kill("SIGTERM");
    await server.printed(/SIGTERM: no new callers/);
    // A balancer takes the refused connection for what it is; the one that it kept is closed too.
    expect(await health()).toBe("ECONNREFUSED");
    expect(["ECONNREFUSED", "ECONNRESET"]).toContain(await health(balancer));
    expect(await violationsOf(streams)).toEqual([]);
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("were cut");
    balancer.destroy();
  }, 60_000);

  it("tells callers of answers that had not begun that nothing more is heard on their connection", async () => {
    const bedrock = await startBedrockEmulator();
    const words = ["--endpoint", bedrock.url, "--region", "us-east-1"];
    const { url, child, printed } = await served(words, { AWS_BEARER_TOKEN_BEDROCK: "bedrock-api-key-x" });
    bedrock.enqueue({ headersDelayMs: 1_000, content: [{ text: "late" }] });
    const messages = [{ role: "user", content: "Well?" }];
    const sent = request(`${url}/v1/chat/completions`, { method: "POST", agent });
    sent.setHeader("content-type", "application/json");
    const answered = once(sent, "response") as Promise<[IncomingMessage]>;
    sent.end(JSON.stringify({ model: NOVA, messages }));
    await expect.poll(() => bedrock.openRequests, { timeout: 10_000 }).toBe(1);
    child.kill("SIGTERM");
    await printed(/SIGTERM: no new callers/);
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    expect(response.headers.connection).toBe("close");
    await bedrock.close();
  }, 60_000);

  it("cuts what has no end when its time is up: none of it looks complete, and AWS is told", async () => {
    const streams = await streaming(["stall"]);
    server.child.kill("SIGTERM");
    await server.printed(/SIGTERM: no new callers/);
    server.child.kill("SIGTERM");
    const told = await Promise.all(streams.map((stream) => stream.told));
    expect(told.filter(({ end, finishReason }) => end === "done" || finishReason !== undefined)).toEqual([]);
    expect((await server.ended).code).toBe(0);
    await expect.poll(openAtAws).toBe(0);
  }, 60_000);
});

describe("an AWS that dies while it answers", () => {
  it("ends every stream with an error; the server stays up, and answers again when AWS does", async () => {
    const streams = await streaming(["whole"]);
    aws.kill();
    const told = await Promise.all(streams.map((stream) => stream.told));
    const wrong = told.filter(
      ({ end, status, finishReason, pieces, foreign, afterwards }) =>
        end !== "error" ||
        // Where nothing of an answer had come yet, its status tells it.
        status !== (pieces.length === 0 ? 503 : 200) ||
        finishReason !== undefined ||
        foreign + afterwards > 0 ||
        pieces.some((which, index) => which !== index),
    );
    expect(wrong).toEqual([]);
    expect(await health()).toBe(200);
    const { status, end } = await call(server.url, agent, plan(STREAMS, "whole"), { delays: [] });
    expect({ status, end }).toEqual({ status: 503, end: "error" });
    aws = startChild<AwsOrder>("soak/aws.ts", [new URL(endpoint).port], "server");
    expect(await aws.ask<string>("start")).toBe(endpoint);
    const again = plan(STREAMS + 1, "whole");
    expect(judge(again, await call(server.url, agent, again, { delays: [] }))).toEqual([]);
  }, 60_000);
});
