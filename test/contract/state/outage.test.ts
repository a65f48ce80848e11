import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE } from "../../support/bedrock.ts";
import { type Cluster, openCluster, type ServerProcess } from "../../support/state-servers.ts";

let cluster: Cluster;
let server: ServerProcess;
let openai: OpenAI;
beforeAll(async () => {
  cluster = await openCluster();
  server = await cluster.start();
  openai = server.openai();
});
afterAll(() => cluster.close());

const create = (input: string, previous?: string): Promise<OpenAI.Responses.Response> =>
  openai.responses.create({ model: CLAUDE, input, ...(previous && { previous_response_id: previous }) });

/** Its connection comes back by itself, a moment later. */
const isBack = (client: OpenAI): Promise<void> =>
  expect
    .poll(
      () =>
        client.responses.create({ model: CLAUDE, input: "Hello" }).then(
          ({ status }) => status,
          ({ status }: { status: number }) => status,
        ),
      { timeout: 15_000 },
    )
    .toBe("completed");

const UNAVAILABLE = { status: 503, type: "server_error", code: "service_unavailable" };

/** Every way of asking for what is kept, and of keeping. */
const ways: [string, (id: string) => Promise<unknown>][] = [
  ["create", () => create("Hello")],
  ["create on another", (id) => create("And?", id)],
  ["retrieve", (id) => openai.responses.retrieve(id)],
  ["delete", (id) => openai.responses.delete(id)],
  ["input items", async (id) => (await openai.responses.inputItems.list(id)).data],
  [
    "item reference",
    () => openai.responses.create({ model: CLAUDE, input: [{ type: "item_reference", id: "msg_1" }] }),
  ],
];

describe.each([
  ["dead", () => cluster.redis.kill(), () => cluster.redis.restart()],
  ["frozen, its connections open", async () => cluster.redis.freeze(), async () => cluster.redis.thaw()],
])("a Redis that is %s", (_, stop, start) => {
  let kept: OpenAI.Responses.Response[];
  beforeEach(async () => {
    await isBack(openai);
    kept = await Promise.all(["One", "Two", "Three"].map((input) => create(input)));
    await stop();
    return () => start();
  });

  it("is a 503 to every call that needs it, soon, and never 'not found' or 'it is kept'", async () => {
    const failures = await Promise.all(
      ways.map(([, ask]) =>
        ask(kept[0]!.id).then(
          () => "it went well",
          (thrown: unknown) => thrown,
        ),
      ),
    );
    expect(failures).toEqual(ways.map(() => expect.objectContaining(UNAVAILABLE)));
  });

  it("takes nothing from calls that keep nothing", async () => {
    const response = await openai.responses.create({ model: CLAUDE, input: "Hello", store: false });
    expect(response.status).toBe("completed");
    const chat = { model: CLAUDE, messages: [{ role: "user" as const, content: "Hello" }] };
    expect((await openai.chat.completions.create(chat)).choices).toHaveLength(1);
  });

  it("ends a stream in a failure that every client sees, not as if it were kept", async () => {
    const response = await openai.responses
      .create({ model: CLAUDE, input: "Hello", stream: true })
      .asResponse();
    const events = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
    expect(events.slice(-2)).toEqual(["error", "response.failed"]);
    expect(events).not.toContain("response.completed");
  });

  it("is found again without a restart of the server, and has lost nothing that was acknowledged", async () => {
    await expect(create("Hello")).rejects.toMatchObject(UNAVAILABLE);
    await start();
    await isBack(openai);
    for (const { id, output_text } of kept)
      expect((await openai.responses.retrieve(id)).output_text).toBe(output_text);
    expect((await create("And?", kept[2]!.id)).status).toBe("completed");
  });
});

describe("responses made while Redis comes and goes", () => {
  it("are there, every one that was acknowledged", async () => {
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
      await new Promise((resolve) => setTimeout(resolve, 300));
      await cluster.redis.kill();
      await new Promise((resolve) => setTimeout(resolve, 200));
      await cluster.redis.restart();
    }
    await isBack(openai);
    isOver = true;
    await callers;
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const thrown of refused) expect(thrown).toMatchObject(UNAVAILABLE);
    for (const id of acknowledged) expect((await openai.responses.retrieve(id)).id).toBe(id);
  });

  it("and a server that starts while it is away serves as soon as it is there", async () => {
    await cluster.redis.kill();
    const late = await cluster.start();
    await expect(late.openai().responses.create({ model: CLAUDE, input: "Hello" })).rejects.toMatchObject(
      UNAVAILABLE,
    );
    await cluster.redis.restart();
    await isBack(late.openai());
    expect(late.complaints()).toContain("cannot reach");
  });
});
