import { createClient } from "@keyv/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { has, over } from "../../support/background.ts";
import { eventually, NOVA } from "../../support/bedrock.ts";
import { type Cluster, openCluster, type ServerProcess } from "../../support/state-servers.ts";

let cluster: Cluster;
let here: ServerProcess;
let there: ServerProcess;
beforeAll(async () => {
  cluster = await openCluster();
  [here, there] = await Promise.all([cluster.start(), cluster.start()]);
});
afterAll(() => cluster.close());

const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;

const TEXT = "word ".repeat(30);

const STALLED = { content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } } as const;

const isStopped = (): boolean => cluster.bedrock.requests.at(-1)?.aborted === true;

/** What time does where nobody says any longer that he is at work: the lease ends by itself, and does so now. */
async function endLease(id: string): Promise<void> {
  const redis = await createClient({ url: cluster.redis.url }).connect();
  const leases = (await redis.keys("*")).filter((key) => key.endsWith(`${id}:lease`));
  expect(await Promise.all(leases.map((key) => redis.pTTL(key)))).toEqual([expect.toSatisfy(isBounded)]);
  await redis.pExpire(leases[0]!, 1);
  redis.destroy();
}

/** Redis says -1 of what stays for ever. */
const isBounded = (ttl: number): boolean => ttl > 0;

describe("two server processes on one Redis", () => {
  it("tell the same of a response, whichever of them makes it", async () => {
    cluster.bedrock.enqueue({ content: [{ text: TEXT }], delayMs: 10 });
    const { id, status } = await here.openai().responses.create(ASKED);
    expect(status).toBe("queued");
    expect(await over(there.openai(), id)).toMatchObject({ status: "completed", output_text: TEXT });
  });

  it("let a reader go on at the other where it left off at the one", async () => {
    cluster.bedrock.enqueue({ content: [{ text: TEXT }], delayMs: 10 });
    let id = "";
    let known = -1;
    let text = "";
    for await (const event of await here.openai().responses.create({ ...ASKED, stream: true })) {
      if (event.type === "response.created") ({ id } = event.response);
      if (event.type === "response.output_text.delta") text += event.delta;
      known = event.sequence_number;
      if (text !== "") break;
    }
    let last = "";
    const rest = await there.openai().responses.retrieve(id, { stream: true, starting_after: known });
    for await (const event of rest) {
      expect(event.sequence_number).toBe((known += 1));
      if (event.type === "response.output_text.delta") text += event.delta;
      last = event.type;
    }
    expect([text, last]).toEqual([TEXT, "response.completed"]);
  });

  it("cancel at the one what the other makes", async () => {
    cluster.bedrock.enqueue(STALLED);
    const { id } = await here.openai().responses.create(ASKED);
    await has(there.openai(), id, "in_progress");
    expect((await there.openai().responses.cancel(id)).status).toBe("cancelled");
    await eventually(isStopped);
    expect((await here.openai().responses.retrieve(id)).status).toBe("cancelled");
  });

  it("fail at the one what the other made when it died", async () => {
    const mortal = await cluster.start();
    cluster.bedrock.enqueue(STALLED);
    const { id } = await mortal.openai().responses.create(ASKED);
    await has(there.openai(), id, "in_progress");
    await mortal.kill();
    expect((await there.openai().responses.retrieve(id)).status).toBe("in_progress");
    await endLease(id);
    const response = await over(there.openai(), id);
    expect(response).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });

  it("lose nothing of a response while Redis is started anew", async () => {
    cluster.bedrock.enqueue({ content: [{ text: TEXT }], delayMs: 20 });
    const { id } = await here.openai().responses.create(ASKED);
    await has(there.openai(), id, "in_progress");
    await cluster.redis.kill();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await cluster.redis.restart();
    const client = there.openai().withOptions({ maxRetries: 10 });
    expect(await over(client, id, 200)).toMatchObject({ status: "completed", output_text: TEXT });
    const types: string[] = [];
    for await (const { type } of await client.responses.retrieve(id, { stream: true })) types.push(type);
    expect([types[0], types.at(-1)]).toEqual(["response.created", "response.completed"]);
  }, 60_000);
});
