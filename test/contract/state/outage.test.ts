import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE } from "../../support/bedrock.ts";
import { type Cluster, openCluster } from "../../support/state-servers.ts";

let cluster: Cluster;
let openai: OpenAI;
beforeAll(async () => {
  cluster = await openCluster();
  openai = (await cluster.start()).openai();
});
afterAll(() => cluster.close());

type Made = OpenAI.Responses.Response;

const create = (input: string, previous?: string, client = openai): Promise<Made> =>
  client.responses.create({ model: CLAUDE, input, ...(previous && { previous_response_id: previous }) });

/** Its connection comes back by itself, a moment later. */
async function isBack(client = openai): Promise<void> {
  const status = (): Promise<unknown> =>
    create("Hello", undefined, client).then(
      (response) => response.status,
      (thrown: { status: number }) => thrown.status,
    );
  while ((await status()) !== "completed") await new Promise((resolve) => setTimeout(resolve, 50));
}

const UNAVAILABLE = { status: 503, type: "server_error", code: "service_unavailable" };

/** Every way of asking for what is kept, and of keeping. */
const WAYS: readonly ((id: string) => Promise<unknown>)[] = [
  () => create("Hello"),
  (id) => create("And?", id),
  (id) => openai.responses.retrieve(id),
  (id) => openai.responses.retrieve(id, { stream: true }),
  (id) => openai.responses.delete(id),
  (id) => openai.responses.cancel(id),
  (id) => openai.responses.inputItems.list(id),
  () => openai.responses.create({ model: CLAUDE, input: [{ type: "item_reference", id: "msg_1" }] }),
  () => openai.responses.create({ model: CLAUDE, input: "Hello", background: true }),
  () => openai.conversations.create(),
  () => openai.conversations.retrieve("conv_1"),
  () => openai.chat.completions.list(),
  () =>
    openai.chat.completions.create({
      model: CLAUDE,
      store: true,
      messages: [{ role: "user", content: "Hello" }],
    }),
];

const failuresOf = (id: string): Promise<unknown[]> =>
  Promise.all(
    WAYS.map((ask) =>
      ask(id).then(
        () => "it went well",
        (thrown: unknown) => thrown,
      ),
    ),
  );

const ALL_UNAVAILABLE = WAYS.map((): unknown => expect.objectContaining(UNAVAILABLE));

const streamed = async (): Promise<string[]> => {
  const asked = { model: CLAUDE, input: "Hello", stream: true } as const;
  const text = await (await openai.responses.create(asked).asResponse()).text();
  return [...text.matchAll(/^event: (.*)$/gm)].map(([, type]) => type!);
};

describe("a Redis that is gone", () => {
  let kept: Made[];
  beforeEach(async () => {
    await cluster.redis.restart();
    await isBack();
    kept = await Promise.all(["One", "Two", "Three"].map((input) => create(input)));
    await cluster.redis.kill();
  });

  it("is a 503 to every call that needs it, never 'not found' or 'it is kept'", async () => {
    expect(await failuresOf(kept[0]!.id)).toEqual(ALL_UNAVAILABLE);
  });

  it("costs one answer that nobody gets, and then none: the model is asked only for what can be kept", async () => {
    await expect(create("Hello")).rejects.toMatchObject(UNAVAILABLE);
    const before = cluster.bedrock.requests.length;
    await expect(create("Hello")).rejects.toMatchObject(UNAVAILABLE);
    await expect(
      openai.responses.create({ model: CLAUDE, input: "Hello", stream: true }),
    ).rejects.toMatchObject(UNAVAILABLE);
    expect(cluster.bedrock.requests.length).toBe(before);
  });

  it("takes nothing from calls that keep nothing", async () => {
    const response = await openai.responses.create({ model: CLAUDE, input: "Hello", store: false });
    expect(response.status).toBe("completed");
    const chat = { model: CLAUDE, messages: [{ role: "user" as const, content: "Hello" }] };
    expect((await openai.chat.completions.create(chat)).choices).toHaveLength(1);
  });

  it("ends a stream in a failure that every client sees, not as if it were kept", async () => {
    const types = await streamed();
    expect(types.slice(-2)).toEqual(["error", "response.failed"]);
    expect(types).not.toContain("response.completed");
  });

  it("is found again without a restart of the server, and has lost nothing that was acknowledged", async () => {
    await expect(create("Hello")).rejects.toMatchObject(UNAVAILABLE);
    await cluster.redis.restart();
    await isBack();
    for (const { id, output_text } of kept)
      expect((await openai.responses.retrieve(id)).output_text).toBe(output_text);
    expect((await create("And?", kept[2]!.id)).status).toBe("completed");
  });
});

describe("a Redis that comes and goes", () => {
  it("has every response that was acknowledged, whatever was being made", async () => {
    await cluster.redis.restart();
    await isBack();
    const acknowledged: string[] = [];
    const refused: unknown[] = [];
    let isOver = false;
    const caller = async (): Promise<void> => {
      while (!isOver)
        await create("Hello").then(
          ({ id }) => acknowledged.push(id),
          (thrown: unknown) => refused.push(thrown),
        );
    };
    const callers = Promise.all([caller(), caller(), caller()]);
    for (let round = 0; round < 3; round += 1) {
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(before + 5);
      await cluster.redis.kill();
      await cluster.redis.restart();
    }
    await isBack();
    isOver = true;
    await callers;
    for (const thrown of refused) expect(thrown).toMatchObject(UNAVAILABLE);
    for (const id of acknowledged) expect((await openai.responses.retrieve(id)).id).toBe(id);
  });
});

// Each waits for as long as a store may take: side by side.
describe.concurrent("a Redis that is asked and does not answer", () => {
  it("holds a call no longer than its time, also where the client waits for it and a server starts without it", async () => {
    const other = await openCluster();
    await other.redis.kill();
    const late = await other.start({}, true);
    await expect(create("Hello", undefined, late.openai())).rejects.toMatchObject(UNAVAILABLE);
    expect(late.complaints()).toContain("cannot reach");
    await other.redis.restart();
    await isBack(late.openai());
    await other.close();
  });

  it("is a 503 to all, and then there again, where it only stopped answering", async () => {
    await isBack();
    const { id } = await create("Hello");
    cluster.redis.freeze();
    const [failures, types] = await Promise.all([failuresOf(id), streamed()]);
    expect(failures).toEqual(ALL_UNAVAILABLE);
    expect(types.slice(-2)).toEqual(["error", "response.failed"]);
    cluster.redis.thaw();
    await isBack();
    expect((await openai.responses.retrieve(id)).id).toBe(id);
  });
});
