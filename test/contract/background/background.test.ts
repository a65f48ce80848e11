import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { UsageEvent } from "../../../src/index.ts";
import { has, openStore, over, serverOf } from "../../support/background.ts";
import { PNG } from "../../support/clients.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { createSwitchedStore } from "../../support/switched-store.ts";
import { assertSchema } from "../../support/openai-schema.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const ASKED = { model: NOVA, input: "Think about it.", background: true };

const STALLED = { content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } } as const;

/** A moment in which a call to AWS that should not be would be. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

describe("a response in the background", () => {
  it("is promised at once, while AWS has not even answered, and is there later", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 200 });
    const promised = await client.responses.create({ ...ASKED, metadata: { of: "mine" } });
    expect(promised).toMatchObject({
      status: "queued",
      background: true,
      store: true,
      model: NOVA,
      output: [],
      metadata: { of: "mine" },
    });
    const response = await over(client, promised.id);
    expect(response).toMatchObject({ id: promised.id, status: "completed", output_text: "Done." });
    expect(response.created_at).toBe(promised.created_at);
    for (const each of [promised, response]) assertSchema("Response", { ...each, output_text: undefined });
  });

  it("tells its stream what it is called even where nothing of it can be read any more", async () => {
    const store = createSwitchedStore();
    const { client } = serverOf(house.withOptions({ store }));
    store.fails = (operation) => operation === "get";
    const told: { type: string }[] = [];
    const reading = (async () => {
      for await (const event of await client.responses.create({ ...ASKED, stream: true })) told.push(event);
    })();
    await expect(reading).rejects.toThrow("cannot reach what it keeps");
    store.fails = () => false;
    expect(told).toMatchObject([
      { type: "response.created", sequence_number: 0 },
      { type: "response.queued", sequence_number: 1 },
    ]);
    const { id } = (told[0] as unknown as { response: { id: string } }).response;
    expect(await over(client, id)).toMatchObject({ status: "completed" });
  });

  it("goes from queued to in progress to completed, and never back", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(20) }], headersDelayMs: 50, delayMs: 20 });
    const { id } = await client.responses.create(ASKED);
    const seen: string[] = [];
    let status: string | undefined;
    while (status !== "completed") {
      ({ status } = await client.responses.retrieve(id));
      if (status !== undefined && seen.at(-1) !== status) seen.push(status);
    }
    expect(seen).toEqual(["queued", "in_progress", "completed"]);
  });

  it("goes on when its caller has left", async () => {
    const { client } = serverOf(house.handler);
    const caller = new AbortController();
    house.bedrock.enqueue({ content: [{ text: "All the same." }], headersDelayMs: 100 });
    const { id } = await client.responses.create(ASKED, { signal: caller.signal });
    caller.abort();
    expect((await over(client, id)).output_text).toBe("All the same.");
  });

  it("can be stood on when it is over, with its own input", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Blue." }] });
    const first = await client.responses.create({ ...ASKED, input: "A colour?" });
    await over(client, first.id);
    await client.responses.create({ model: NOVA, input: "Another?", previous_response_id: first.id });
    expect(house.bedrock.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: "user", content: [{ text: "A colour?" }] },
        { role: "assistant", content: [{ text: "Blue." }] },
        { role: "user", content: [{ text: "Another?" }] },
      ],
    });
    const { data } = await client.responses.inputItems.list(first.id);
    expect(data).toMatchObject([{ type: "message", content: [{ text: "A colour?" }] }]);
  });

  it("fails as a response where AWS refuses it, in OpenAI's words", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Too many requests." } });
    const { id } = await client.responses.create(ASKED);
    const response = await over(client, id);
    expect(response).toMatchObject({ status: "failed", error: { code: "rate_limit_exceeded" } });
    assertSchema("Response", { ...response, output_text: undefined });
  });

  it("fails as a response where the answer breaks off", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Half" }], fault: { kind: "truncate", afterEvents: 2 } });
    const { id } = await client.responses.create(ASKED);
    expect(await over(client, id)).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });

  it("is incomplete where the model ran out of tokens", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Half" }], stopReason: "max_tokens" });
    const { id } = await client.responses.create(ASKED);
    expect(await over(client, id)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output_text: "Half",
    });
  });

  it("tells reasoning that can be carried only to who asks for it", async () => {
    const { client } = serverOf(house.handler);
    const thought = { reasoningText: { text: "Hm.", signature: "c2lnbmVk" } };
    house.bedrock.enqueue({ content: [{ reasoningContent: thought }, { text: "Yes." }] });
    const { id } = await client.responses.create({ ...ASKED, model: CLAUDE, reasoning: { effort: "low" } });
    const [reasoning] = (await over(client, id)).output;
    expect(reasoning).toMatchObject({ type: "reasoning", summary: [{ text: "Hm." }] });
    expect(reasoning).not.toHaveProperty("encrypted_content");
    const asked = await client.responses.retrieve(id, { include: ["reasoning.encrypted_content"] });
    expect(asked.output[0]).toMatchObject({ encrypted_content: expect.any(String) });
  });
});

describe("a caller who leaves at the wrong moment", () => {
  it("before it was promised anything: nothing is kept, and the model is not asked", async () => {
    const store = openStore();
    const caller = new AbortController();
    const slow = {
      ...store,
      async set(key: string, value: string): Promise<void> {
        caller.abort();
        await store.set(key, value);
      },
    };
    const { client } = serverOf(house.withOptions({ store: slow }));
    await expect(client.responses.create(ASKED, { signal: caller.signal })).rejects.toThrow("aborted");
    await eventually(() => store.keys.size === 0);
    await aMoment();
    expect(house.bedrock.requests).toEqual([]);
  });

  it("with the first event: the response is not stuck, and is done", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 50 });
    let id = "";
    for await (const event of await client.responses.create({ ...ASKED, stream: true })) {
      if (event.type === "response.created") ({ id } = event.response);
      break;
    }
    expect(await over(client, id)).toMatchObject({ status: "completed", output_text: "Done." });
  });
});

describe("a request for the background is refused at once, and nothing is kept", () => {
  it.each([
    { what: "without 'store'", body: { store: false }, param: "background" },
    { what: "with a tool result for no call", body: { input: [orphan()] }, param: expect.anything() },
    { what: "with a malformed tool", body: { tools: [{ type: "function" }] }, param: expect.anything() },
  ])("$what", async ({ body, param }) => {
    const { client } = serverOf(house.handler);
    const asking = client.responses.create({ ...ASKED, ...body } as typeof ASKED);
    await expect(asking).rejects.toMatchObject({ status: 400, param });
    await aMoment();
    expect(house.bedrock.requests).toEqual([]);
  });

  it("for what the model does not take, where the operator wants to know", async () => {
    const { client } = serverOf(house.withOptions({ unsupported: "reject" }));
    const asking = client.responses.create({ ...ASKED, model: NOVA, seed: 7 } as typeof ASKED);
    await expect(asking).rejects.toMatchObject({ status: 400, code: "unsupported_parameter" });
  });

  it("for a model that the caller may not name", async () => {
    const { client } = serverOf(house.withOptions({ authorize: () => ({ id: "a", models: ["other"] }) }));
    await expect(client.responses.create(ASKED)).rejects.toMatchObject({ status: 403 });
  });

  it("where the server keeps nothing", async () => {
    const { client } = serverOf(house.withOptions({ store: false }));
    await expect(client.responses.create(ASKED)).rejects.toMatchObject({ status: 400, param: "background" });
  });

  it("where it cannot be kept now: 503, and the model is not asked", async () => {
    const away = async (): Promise<never> => {
      throw new Error("connection lost");
    };
    const { client } = serverOf(house.withOptions({ store: { get: away, set: away, delete: away } }));
    await expect(client.responses.create(ASKED)).rejects.toMatchObject({ status: 503 });
    await aMoment();
    expect(house.bedrock.requests).toEqual([]);
  });
});

function orphan(): object {
  return { type: "function_call_output", call_id: "call_of_nobody", output: "42" };
}

describe("the call goes on as long as its work", () => {
  it("keeps its place among those that a server answers at the same time", async () => {
    const { client } = serverOf(house.withOptions({ maxConcurrency: 1 }));
    house.bedrock.enqueue(STALLED);
    await client.responses.create(ASKED);
    await expect(client.responses.create(ASKED)).rejects.toMatchObject({ status: 429 });
  });

  it("is told of when it is over, once, with its tokens", async () => {
    const told: UsageEvent[] = [];
    const { client } = serverOf(house.withOptions({ onUsage: (usage) => void told.push(usage) }));
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 100 });
    const { id } = await client.responses.create(ASKED);
    expect(told).toEqual([]);
    await over(client, id);
    await eventually(() => told.length === 1);
    expect(told).toMatchObject([
      {
        operation: "chat",
        asked: NOVA,
        status: 200,
        awsRequestId: expect.any(String),
        target: { model: NOVA },
      },
    ]);
    expect(told[0]?.tokens?.output).toBeGreaterThan(0);
    expect(told[0]?.duration).toBeGreaterThanOrEqual(100);
  });

  it("is not sent where the caller asks what would be sent, and nothing is kept", async () => {
    const { client } = serverOf(house.handler);
    const explained: unknown = await client.responses.create(ASKED, {
      headers: { "x-bedrock-explain": "1" },
    });
    expect(explained).toMatchObject({ target: { model: NOVA } });
    await aMoment();
    expect(house.bedrock.requests).toEqual([]);
  });

  it("takes its turn once where a name is spread over several", async () => {
    const spread = { one: 1, other: 1 };
    const models = { both: { spread }, one: NOVA, other: CLAUDE };
    const { client } = serverOf(house.withOptions({ models }));
    for (const _ of [1, 2, 3, 4]) {
      const promised = await client.responses.create({ ...ASKED, model: "both" });
      expect((await over(client, promised.id)).model).toBe(promised.model);
    }
    const asked = house.bedrock.requests.map(({ path }) => path.includes("nova"));
    expect(asked.filter(Boolean)).toHaveLength(2);
  });

  it("goes to a fallback where the first cannot answer", async () => {
    const models = { first: { model: NOVA, fallbacks: ["second"] }, second: CLAUDE };
    const told: UsageEvent[] = [];
    const { client } = serverOf(house.withOptions({ models, onUsage: (usage) => void told.push(usage) }));
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Too many requests." } });
    const { id } = await client.responses.create({ ...ASKED, model: "first" });
    expect(await over(client, id)).toMatchObject({ status: "completed", model: CLAUDE });
    await eventually(() => told.length === 1);
    expect(told).toMatchObject([{ failedOver: 1, adjustments: [{ param: "model" }] }]);
  });

  it("downloads a file of its caller's once", async () => {
    let downloads = 0;
    const fetch = async (): Promise<Response> => {
      downloads += 1;
      return new Response(Buffer.from(PNG, "base64"), { headers: { "content-type": "image/png" } });
    };
    const { client } = serverOf(house.withOptions({ media: { fetch } }));
    const image = {
      type: "input_image",
      image_url: "https://pictures.example/a.png",
      detail: "auto",
    } as const;
    const { id } = await client.responses.create({ ...ASKED, input: [{ role: "user", content: [image] }] });
    expect((await over(client, id)).status).toBe("completed");
    expect(downloads).toBe(1);
  });

  it("belongs to its caller alone", async () => {
    const { client } = serverOf(house.handler);
    const stranger = serverOf(house.handler, "sk-another").client;
    house.bedrock.enqueue(STALLED);
    const { id } = await client.responses.create(ASKED);
    await has(client, id, "in_progress");
    await expect(stranger.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.responses.cancel(id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.responses.delete(id)).rejects.toMatchObject({ status: 404 });
    expect((await client.responses.retrieve(id)).status).toBe("in_progress");
    await client.responses.cancel(id);
  });
});
