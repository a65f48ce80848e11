import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../../../integrations/command/command.ts";
import { NOVA } from "../../support/bedrock.ts";
import { type RedisServer, startRedis } from "../../support/redis.ts";
import { ioDouble } from "../../unit/integrations/command/io.ts";

/** `store: redis://…` in a server's file: what one server keeps, the other knows. */

let redis: RedisServer;
let folder: string;
let file: string;
beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), "bedrock-openai-config-"));
  file = join(folder, "config.yaml");
  writeFileSync(file, `store: ${redis.url}\nstateSecret: a secret of at least thirty-two characters\n`);
}, 60_000);
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true });
});

type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; json: { id: string } }>;

/** A server in this process, on an emulator of its own. It ends with the test. */
async function started(): Promise<Ask> {
  const world = ioDouble();
  const ended = runCommand(["serve", "--emulator", "--port", "0", "--config", file], world.io);
  onTestFinished(async () => {
    world.stop();
    // A connection that were left would hold the process.
    expect(await ended).toBe(0);
  });
  await expect.poll(() => world.out(), { timeout: 15_000 }).toMatch(/127\.0\.0\.1:\d+\/v1/);
  const [url] = /http:\/\/[\d.:]+\/v1/.exec(world.out())!;
  return async (method, path, body) => {
    const init = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, ...init });
    return { status: response.status, json: (await response.json()) as { id: string } };
  };
}

describe("servers that name the same Redis", () => {
  it("know each other's responses, and say so where it is gone and when it is back", async () => {
    const [one, other] = await Promise.all([started(), started()]);
    const { json } = await one("POST", "/responses", { model: NOVA, input: "Hi" });
    expect(await other("GET", `/responses/${json.id}`)).toMatchObject({ status: 200, json: { id: json.id } });
    const next = { model: NOVA, input: "And?", previous_response_id: json.id };
    expect((await other("POST", "/responses", next)).status).toBe(200);

    await redis.kill();
    expect((await one("GET", `/responses/${json.id}`)).status).toBe(503);
    expect((await one("POST", "/responses", next)).status).toBe(503);
    expect(
      (await one("POST", "/responses", { ...next, previous_response_id: null, store: false })).status,
    ).toBe(200);

    await redis.restart();
    await expect
      .poll(async () => (await other("GET", `/responses/${json.id}`)).status, {
        timeout: 10_000,
        interval: 100,
      })
      .toBe(200);
  }, 60_000);
});
