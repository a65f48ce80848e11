import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";

/**
 * What is kept for a caller does not exist for any other: not to be read, stood on, listed, changed, cancelled or deleted, and
 * not to be told from what was never there.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

type Headers = Record<string, string>;
type Send = (method: string, path: string, body?: object) => Promise<Answer>;

/** What answers are made of that is looked at. */
interface Made {
  id: string;
  status: string;
  output: { id: string; type: string; encrypted_content?: string }[];
  data: { id: string }[];
}

interface Answer {
  status: number;
  text: string;
  json: Made;
}

/** One of a handler's callers. */
const as =
  (handler: BedrockOpenAIHandler, headers: Headers): Send =>
  async (method, path, body) => {
    const response = await handler(
      new Request(`http://x/v1${path}`, {
        method,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return { status: response.status, text, json: (isJson ? JSON.parse(text) : {}) as Made };
  };

/** How two callers of one handler are told apart. */
const WAYS: Readonly<Record<string, () => { alice: Send; bob: Send }>> = {
  "by their API keys": () => {
    const handler = house.withOptions({ apiKeys: ["sk-alice", "sk-bob"] });
    return {
      alice: as(handler, { authorization: "Bearer sk-alice" }),
      bob: as(handler, { authorization: "Bearer sk-bob" }),
    };
  },
  "by keys that nobody checks": () => ({
    alice: as(house.handler, { "x-api-key": "sk-alice" }),
    bob: as(house.handler, { "api-key": "sk-bob" }),
  }),
  "by the ids that authorize gives them, though they share a key": () => {
    const handler = house.withOptions({
      apiKeys: ["sk-app"],
      authorize: (request) => ({ id: request.headers.get("x-user")! }),
    });
    const app = { authorization: "Bearer sk-app" };
    return {
      alice: as(handler, { ...app, "x-user": "tenant" }),
      // Where an owner were a part of a key and no more, this would be one of Alice's.
      bob: as(handler, { ...app, "x-user": "tenant:response:resp_1" }),
    };
  },
  "by an id that looks like another's key": () => {
    const handler = house.withOptions({
      authorize: (request) => {
        const id = request.headers.get("x-user");
        return id === null ? true : { id };
      },
    });
    return {
      alice: as(handler, { authorization: "Bearer sk-alice" }),
      bob: as(handler, { "x-user": "key:sk-alice", authorization: "Bearer sk-alice" }),
    };
  },
  "one with a key and one without": () => ({
    alice: as(house.handler, { authorization: "Bearer sk-alice" }),
    bob: as(house.handler, {}),
  }),
};

const ask = { model: NOVA, input: "my secret is xylophone" };
const SECRET = "xylophone";

const created = async (send: Send, path: string, body: object): Promise<Made> => {
  const { status, json, text } = await send("POST", path, body);
  expect([status, text]).toEqual([200, text]);
  return json;
};

/** Each way to something that is kept. `id` is the place of the id in it. */
type Reach = (id: string) => [method: string, path: string, body?: object];

const TO_RESPONSE: Readonly<Record<string, Reach>> = {
  read: (id) => ["GET", `/responses/${id}`],
  replay: (id) => ["GET", `/responses/${id}?stream=true`],
  "list its input": (id) => ["GET", `/responses/${id}/input_items`],
  "stand on": (id) => ["POST", "/responses", { model: NOVA, input: "Go on.", previous_response_id: id }],
  "count with": (id) => [
    "POST",
    "/responses/input_tokens",
    { model: NOVA, input: "Go on.", previous_response_id: id },
  ],
  compact: (id) => ["POST", "/responses/compact", { model: NOVA, previous_response_id: id }],
  cancel: (id) => ["POST", `/responses/${id}/cancel`],
  delete: (id) => ["DELETE", `/responses/${id}`],
};

const TO_CONVERSATION: Readonly<Record<string, Reach>> = {
  read: (id) => ["GET", `/conversations/${id}`],
  "list its items": (id) => ["GET", `/conversations/${id}/items`],
  "stand on": (id) => ["POST", "/responses", { model: NOVA, input: "Go on.", conversation: id }],
  "count with": (id) => [
    "POST",
    "/responses/input_tokens",
    { model: NOVA, input: "Go on.", conversation: id },
  ],
  "add to": (id) => [
    "POST",
    `/conversations/${id}/items`,
    { items: [{ role: "user", content: "Bob was here." }] },
  ],
  change: (id) => ["POST", `/conversations/${id}`, { metadata: { owner: "bob" } }],
  delete: (id) => ["DELETE", `/conversations/${id}`],
};

const TO_CHAT: Readonly<Record<string, Reach>> = {
  read: (id) => ["GET", `/chat/completions/${id}`],
  "list its messages": (id) => ["GET", `/chat/completions/${id}/messages`],
  change: (id) => ["POST", `/chat/completions/${id}`, { metadata: { owner: "bob" } }],
  delete: (id) => ["DELETE", `/chat/completions/${id}`],
};

/** What the other is told, with the id left out: the same as of an id that nobody has. */
async function told(send: Send, reach: Reach, id: string): Promise<{ status: number; text: string }> {
  const { status, text } = await send(...reach(id));
  expect(text).not.toContain(SECRET);
  return { status, text: text.replaceAll(id, "<id>") };
}

const like = (id: string): string => id.replace(/[0-9a-f]{4}$/, (end) => (end === "0000" ? "1111" : "0000"));

describe.each(Object.keys(WAYS))("two callers, told apart %s", (way) => {
  const open = (): { alice: Send; bob: Send } => WAYS[way]!();

  it("a response of one's is none of the other's, whatever is done with it", async () => {
    const { alice, bob } = open();
    const { id } = await created(alice, "/responses", ask);
    for (const [what, reach] of Object.entries(TO_RESPONSE)) {
      const answer = await told(bob, reach, id);
      expect([what, answer]).toEqual([what, await told(bob, reach, like(id))]);
      expect([what, answer.status]).toEqual([what, expect.toSatisfy(isRefusal)]);
    }
    const still = await alice("GET", `/responses/${id}`);
    expect([still.status, still.text]).toEqual([200, expect.stringContaining(SECRET)]);
    expect((await alice("GET", `/responses/${id}/input_items`)).text).toContain(SECRET);
  });

  it("nor is a piece of it", async () => {
    const { alice, bob } = open();
    const { id, output } = await created(alice, "/responses", ask);
    const { json: input } = await alice("GET", `/responses/${id}/input_items`);
    for (const item of [...output, ...input.data]) {
      const reach: Reach = (id) => [
        "POST",
        "/responses",
        { model: NOVA, input: [{ type: "item_reference", id }] },
      ];
      const answer = await told(bob, reach, item.id);
      expect(answer).toEqual(await told(bob, reach, like(item.id)));
      expect(answer.status).toSatisfy(isRefusal);
      expect((await alice(...reach(item.id))).status).toBe(200);
    }
  });

  it("a conversation of one's is none of the other's, nor what is said in it", async () => {
    const { alice, bob } = open();
    const items = [{ type: "message", role: "user", content: ask.input }];
    const { id } = await created(alice, "/conversations", { items, metadata: { owner: "alice" } });
    const { json: page } = await alice("GET", `/conversations/${id}/items`);
    const [item] = page.data;
    const toItem: Readonly<Record<string, Reach>> = {
      "read an item of": (id) => ["GET", `/conversations/${id}/items/${item!.id}`],
      "delete an item of": (id) => ["DELETE", `/conversations/${id}/items/${item!.id}`],
    };
    for (const [what, reach] of Object.entries({ ...TO_CONVERSATION, ...toItem })) {
      const answer = await told(bob, reach, id);
      expect([what, answer]).toEqual([what, await told(bob, reach, like(id))]);
      expect([what, answer.status]).toEqual([what, expect.toSatisfy(isRefusal)]);
    }
    expect((await alice("GET", `/conversations/${id}`)).text).toContain('"owner":"alice"');
    const after = await alice("GET", `/conversations/${id}/items`);
    expect(after.text).toContain(SECRET);
    expect(after.text).not.toContain("Bob was here");
  });

  it("a stored chat completion of one's is none of the other's, nor on its list", async () => {
    const { alice, bob } = open();
    const messages = [{ role: "user", content: ask.input }];
    const { id } = await created(alice, "/chat/completions", {
      model: NOVA,
      messages,
      store: true,
      metadata: { owner: "alice" },
    });
    for (const [what, reach] of Object.entries(TO_CHAT)) {
      const answer = await told(bob, reach, id);
      expect([what, answer]).toEqual([what, await told(bob, reach, like(id))]);
      expect([what, answer.status]).toEqual([what, expect.toSatisfy(isRefusal)]);
    }
    const list = await bob("GET", "/chat/completions");
    expect([list.status, list.text]).toEqual([200, expect.not.stringContaining(id)]);
    // As a cursor it says as little.
    const after = await told(bob, (id) => ["GET", `/chat/completions?after=${id}`], id);
    expect(after).toEqual(await told(bob, (id) => ["GET", `/chat/completions?after=${id}`], like(id)));
    expect((await alice("GET", `/chat/completions/${id}`)).text).toContain('"owner":"alice"');
    expect((await alice("GET", "/chat/completions")).text).toContain(id);
  });

  it("work in the background goes on, whoever else wants it cancelled", async () => {
    const { alice, bob } = open();
    house.bedrock.enqueue({ content: [{ text: "one two three four five six seven eight" }], delayMs: 40 });
    const { id } = await created(alice, "/responses", { ...ask, background: true });
    for (const what of ["cancel", "delete", "replay"] as const) {
      const answer = await told(bob, TO_RESPONSE[what]!, id);
      expect([what, answer]).toEqual([what, await told(bob, TO_RESPONSE[what]!, like(id))]);
    }
    await expect
      .poll(async () => (await alice("GET", `/responses/${id}`)).json.status, { timeout: 10_000 })
      .toBe("completed");
  });

  it("reasoning that was sealed for one is forged in the hands of the other", async () => {
    const { alice, bob } = open();
    house.bedrock.enqueue({
      content: [{ reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }, { text: "So." }],
    });
    const thinking = {
      model: CLAUDE,
      reasoning: { effort: "low" },
      include: ["reasoning.encrypted_content"],
    };
    const { output } = await created(alice, "/responses", { ...thinking, input: "Hi" });
    const carried = output.find(({ type }) => type === "reasoning")!;
    const goOn = {
      ...thinking,
      input: [
        { role: "user", content: "Hi" },
        carried,
        { role: "assistant", content: "So." },
        { role: "user", content: "And?" },
      ],
    };
    const asked = house.bedrock.requests.length;
    const theirs = await bob("POST", "/responses", goOn);
    expect([theirs.status, theirs.text]).toEqual([400, expect.stringContaining("invalid_encrypted_content")]);
    expect(house.bedrock.requests).toHaveLength(asked);
    expect((await alice("POST", "/responses", goOn)).status).toBe(200);
  });

  it("a conversation that was compacted for one is none of the other's", async () => {
    const { alice, bob } = open();
    const { output } = await created(alice, "/responses/compact", {
      model: NOVA,
      input: [{ role: "user", content: ask.input }],
    });
    const goOn = { model: NOVA, input: [...output, { role: "user", content: "And?" }] };
    expect((await alice("POST", "/responses", goOn)).status).toBe(200);
    const theirs = await bob("POST", "/responses", goOn);
    expect([theirs.status, theirs.text]).toEqual([400, expect.stringContaining("invalid_encrypted_content")]);
  });
});

const isRefusal = (status: unknown): boolean => status === 400 || status === 404;

describe("a store that is shared", () => {
  it("is told neither keys nor names, so that whoever reads it knows nobody by it", async () => {
    const kept = new Map<string, string>();
    const handler = house.withOptions({
      store: {
        get: async (key) => kept.get(key),
        set: async (key, value) => kept.set(key, value),
        delete: async (key) => kept.delete(key),
      },
      authorize: (request) => (request.headers.has("x-user") ? { id: request.headers.get("x-user")! } : true),
    });
    await created(as(handler, { authorization: "Bearer sk-alice-hunter2" }), "/responses", ask);
    await created(as(handler, { "x-user": "alice.hunter2@example.com" }), "/responses", ask);
    expect(kept.size).toBeGreaterThan(3);
    expect(JSON.stringify([...kept])).not.toContain("hunter2");
    // Keys that every engine takes.
    for (const key of kept.keys()) expect(key).toMatch(/^[\w:.-]{1,200}$/);
  });
});
