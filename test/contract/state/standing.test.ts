import type OpenAI from "openai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { clientOf } from "../../support/client-of.ts";

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type Input = Params["input"];

let house: House;
/** A store whose every call is seen. */
let kept: Map<string, string>;
let calls: string[];
let openai: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => {
  kept = new Map();
  calls = [];
  openai = clientOf(house.withOptions({ store: watched() }));
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const watched = (): NonNullable<Exclude<BedrockOpenAIOptions["store"], false>> => ({
  get: async (key: string) => (calls.push(`get ${key}`), kept.get(key)),
  set: async (key: string, value: string) => (calls.push(`set ${key}`), kept.set(key, value)),
  delete: async (key: string) => (calls.push(`delete ${key}`), kept.delete(key)),
});

const create = (input: Input, more: Partial<Params> = {}): Promise<OpenAI.Responses.Response> =>
  openai.responses.create({ model: CLAUDE, ...(input !== undefined && { input }), ...more });

const asked = (): { messages: unknown[]; system?: unknown } => house.bedrock.requests.at(-1)!.body as never;

/** Finds a kept response by its id and puts it back changed. */
function change(id: string, to: (stored: { response: Record<string, unknown> }) => void): void {
  const key = [...kept.keys()].find((each) => each.endsWith(`:response:${id}`))!;
  const stored = JSON.parse(kept.get(key)!) as { response: Record<string, unknown> };
  to(stored);
  kept.set(key, JSON.stringify(stored));
}

const NOT_FOUND = { status: 400, code: "previous_response_not_found", param: "previous_response_id" };

describe("previous_response_id", () => {
  it("brings input and output of the whole chain, but neither instructions nor tools", async () => {
    const tools = [{ type: "function" as const, name: "f", parameters: { type: "object" }, strict: false }];
    const first = await create("One", { instructions: "Be brief.", tools });
    const second = await create("Two", { previous_response_id: first.id });
    expect(asked()).toEqual({
      messages: [
        { role: "user", content: [{ text: "One" }] },
        { role: "assistant", content: [{ text: first.output_text }] },
        { role: "user", content: [{ text: "Two" }] },
      ],
    });
    await create("Three", { previous_response_id: second.id, instructions: "Be verbose." });
    expect(asked()).toMatchObject({ system: [{ text: "Be verbose." }] });
    expect(asked().messages).toHaveLength(5);
  });

  it("branches: two answers to one response do not see each other", async () => {
    const first = await create("One");
    await create("Left", { previous_response_id: first.id });
    await create("Right", { previous_response_id: first.id });
    expect(JSON.stringify(asked())).toContain("Right");
    expect(JSON.stringify(asked())).not.toContain("Left");
  });

  it("carries the calls of tools, which the next request answers", async () => {
    const tools = [{ type: "function" as const, name: "get_weather", parameters: {}, strict: false }];
    const first = await create("Call get_weather", { tools });
    const call = first.output.find((item) => item.type === "function_call")!;
    const output = { type: "function_call_output" as const, call_id: call.call_id, output: "sunny" };
    await create([output], { tools, previous_response_id: first.id });
    expect(JSON.stringify(asked().messages.at(-1))).toContain('"toolResult"');
  });

  it.each([
    ["an id that nobody gave", "resp_unknown"],
    ["an empty one", ""],
    ["something long", "x".repeat(3_000)],
    ["a path", "../../etc"],
    ["two ids", "resp_1 resp_2"],
  ])("is a 400 for %s, and nothing is sent", async (_, id) => {
    await expect(create("Two", { previous_response_id: id })).rejects.toMatchObject(NOT_FOUND);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is a 400 for a response that was made with store: false", async () => {
    const first = await create("One", { store: false });
    await expect(create("Two", { previous_response_id: first.id })).rejects.toMatchObject(NOT_FOUND);
  });

  it("is a 400 where a parent was deleted: a conversation with a hole in it is another one", async () => {
    const first = await create("One");
    const second = await create("Two", { previous_response_id: first.id });
    await openai.responses.delete(first.id);
    await expect(create("Three", { previous_response_id: second.id })).rejects.toMatchObject(NOT_FOUND);
    expect((await openai.responses.retrieve(second.id)).status).toBe("completed");
  });

  it("is a 400 for a response that is not finished", async () => {
    const first = await create("One");
    change(first.id, ({ response }) => (response["status"] = "in_progress"));
    await expect(create("Two", { previous_response_id: first.id })).rejects.toMatchObject({
      status: 400,
      param: "previous_response_id",
    });
  });

  it("ends, also where a store was tampered with so that a chain bites its tail", async () => {
    const first = await create("One");
    change(first.id, (stored) => Object.assign(stored, { chain: { ids: [first.id], size: 10 } }));
    await create("Two", { previous_response_id: first.id });
    expect(asked().messages.length).toBeLessThan(8);
  });

  it("is a 400 for a chain of more responses than are read, before they are read", async () => {
    const first = await create("One");
    const ids = Array.from({ length: 1_000 }, (_, index) => `resp_${index}`);
    change(first.id, (stored) => Object.assign(stored, { chain: { ids, size: 10 } }));
    calls = [];
    await expect(create("Two", { previous_response_id: first.id })).rejects.toMatchObject({
      status: 400,
      code: "context_length_exceeded",
    });
    expect(calls).toHaveLength(1);
  });

  it("is a 400 for a chain that holds more than a request may, before it is read", async () => {
    openai = clientOf(house.withOptions({ store: watched(), maxBodyBytes: 2_000 }));
    let last = await create("x".repeat(700));
    last = await create("x".repeat(700), { previous_response_id: last.id }).catch(() => last);
    await expect(create("y", { previous_response_id: last.id })).rejects.toMatchObject({
      status: 400,
      code: "context_length_exceeded",
    });
  });

  it("excludes a conversation", async () => {
    const first = await create("One");
    const both = { previous_response_id: first.id, conversation: "conv_1" };
    await expect(create("Two", both)).rejects.toMatchObject({
      status: 400,
      code: "mutually_exclusive_parameters",
    });
  });
});

describe("a request that refers to nothing kept", () => {
  it("does not ask the store for anything", async () => {
    await create([{ role: "user", content: "One" }]);
    expect(calls.filter((call) => !call.startsWith("set "))).toEqual([]);
  });

  it("does not ask the store for thoughts that bring all of themselves, or are not ours", async () => {
    const summary = [{ type: "summary_text" as const, text: "Hm." }];
    const sealed = { type: "reasoning" as const, id: "rs_1", summary, encrypted_content: "of another's" };
    const strange = { type: "reasoning" as const, id: "thought-1", summary };
    await create([sealed, strange, { role: "user", content: "One" }]);
    expect(calls.filter((call) => call.startsWith("get"))).toEqual([]);
  });

  it("keeps nothing with store: false, nor when it only asks what would be sent", async () => {
    await create("One", { store: false });
    const body = JSON.stringify({ model: CLAUDE, input: "One", stream: true });
    const headers = { "content-type": "application/json", "x-bedrock-explain": "1" };
    const handler = house.withOptions({ store: watched() });
    await handler(new Request("http://bedrock/v1/responses", { method: "POST", headers, body }));
    expect(calls).toEqual([]);
  });

  it.each([
    ["no input", {}],
    ["an empty list", { input: [] }],
    ["an empty text", { input: "" }],
    ["null", { input: null }],
  ])("is a 400 with %s: there is nothing to answer", async (_, input) => {
    await expect(create(undefined, input as never)).rejects.toMatchObject({
      status: 400,
      code: "missing_required_parameter",
      param: "input",
    });
  });
});

describe("an item reference", () => {
  it("stands for what was answered, and for what was asked", async () => {
    const first = await create([{ role: "user", content: "Mine" }]);
    const [mine] = (await openai.responses.inputItems.list(first.id)).data;
    await create([
      { type: "item_reference", id: mine!.id! },
      // As the AI SDK and others write it.
      { id: first.output[0]!.id } as never,
      { role: "user", content: "And?" },
    ]);
    expect(asked().messages).toEqual([
      { role: "user", content: [{ text: "Mine" }] },
      { role: "assistant", content: [{ text: first.output_text }] },
      { role: "user", content: [{ text: "And?" }] },
    ]);
  });

  it("is kept as the item that it stood for, and so outlives it", async () => {
    const first = await create("One");
    const id = first.output[0]!.id!;
    const second = await create([
      { type: "item_reference", id },
      { role: "user", content: "Two" },
    ]);
    await openai.responses.delete(first.id);
    const { data } = await openai.responses.inputItems.list(second.id, { order: "asc" });
    expect(data).toMatchObject([{ type: "message", role: "assistant", id }, { role: "user" }]);
    await create("Three", { previous_response_id: second.id });
    expect(JSON.stringify(asked())).toContain(JSON.stringify(first.output_text).slice(1, -1));
  });

  it.each([
    ["an id that nobody gave", "msg_unknown"],
    ["the form of an id of ours", `msg_${"0".repeat(32)}_0`],
    ["something long", "x".repeat(3_000)],
  ])("is a 404 for %s", async (_, id) => {
    await expect(create([{ type: "item_reference", id }])).rejects.toMatchObject({
      status: 404,
      param: "input",
      message: expect.stringContaining("not found. Items are not persisted when `store` is set to false"),
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is a 404 for an item of a response that was not kept, or is no longer", async () => {
    const unkept = await create("One", { store: false });
    const deleted = await create("One");
    await openai.responses.delete(deleted.id);
    for (const { output } of [unkept, deleted])
      await expect(create([{ type: "item_reference", id: output[0]!.id! }])).rejects.toMatchObject({
        status: 404,
      });
  });

  it("is a 400 for what is there already", async () => {
    const first = await create("One");
    const reference = { type: "item_reference" as const, id: first.output[0]!.id! };
    const twice = { status: 400, message: expect.stringContaining("Duplicate item found with id") };
    await expect(create([reference, reference])).rejects.toMatchObject(twice);
    await expect(create([reference], { previous_response_id: first.id })).rejects.toMatchObject(twice);
  });

  it("reads a response once, however many of its items are referred to, and has a bound", async () => {
    const first = await create(
      Array.from({ length: 20 }, (_, n) => ({ role: "user" as const, content: `${n}` })),
    );
    const { data } = await openai.responses.inputItems.list(first.id, { order: "asc" });
    calls = [];
    await create(
      data.map(({ id }) => ({ type: "item_reference" as const, id: id! })),
      { store: false },
    );
    expect(calls).toHaveLength(2);
    const many = Array.from({ length: 2_001 }, (_, n) => ({
      type: "item_reference" as const,
      id: `msg_${n}`,
    }));
    await expect(create(many)).rejects.toMatchObject({ status: 400, code: "array_above_max_length" });
  });

  it("reads no request for what its answer has, and of requests no more than one may hold", async () => {
    const small = clientOf(house.withOptions({ store: watched(), maxBodyBytes: 2_000 }));
    const made = await Promise.all(["a", "b"].map((letter) => create(letter.repeat(1_500))));
    const answers = made.map(({ output }) => ({ type: "item_reference" as const, id: output[0]!.id! }));
    calls = [];
    await small.responses.create({ model: CLAUDE, input: answers, store: false });
    expect(calls.filter((call) => call.includes(":input:"))).toEqual([]);
    const requests = made.map(({ id }) => ({
      type: "item_reference" as const,
      id: `msg_${id.replace("resp_", "")}_0`,
    }));
    await small.responses.create({ model: CLAUDE, input: requests.slice(1), store: false });
    await expect(small.responses.create({ model: CLAUDE, input: requests })).rejects.toMatchObject({
      status: 400,
      code: "context_length_exceeded",
      param: "input",
    });
  });
});

describe("a file that is too large to be read as text", () => {
  it("is kept as it came, and is there for those who stand on it", async () => {
    const png = Buffer.alloc(600_000, 7);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(
      png,
    );
    Buffer.from([0, 0, 4, 0, 0, 0, 3, 0, 8, 2, 0, 0, 0]).copy(png, 16);
    const base64 = png.toString("base64");
    const image_url = `data:image/png;base64,${base64}`;
    const first = await create([
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is it?" },
          { type: "input_image", image_url, detail: "auto" },
        ],
      },
    ]);
    const before = asked().messages[0];
    expect(JSON.stringify([...kept.values()])).not.toContain("attachment-");
    const { data } = await openai.responses.inputItems.list(first.id);
    expect(JSON.stringify(data)).toContain(base64);
    await create("And now?", { previous_response_id: first.id });
    expect(asked().messages[0]).toEqual(before);
  });
});

describe("store: false of the operator", () => {
  it("answers as if every caller had said so, tells who asked for it, and finds nothing", async () => {
    const handler = house.withOptions({ store: false });
    const client = clientOf(handler);
    const { data, response } = await client.responses
      .create({ model: CLAUDE, input: "One", store: true })
      .withResponse();
    expect(data).toMatchObject({ store: false });
    expect(response.headers.get("x-bedrock-adjustments")).toContain('"param":"store"');
    const quiet = await client.responses.create({ model: CLAUDE, input: "One" }).withResponse();
    expect(quiet.response.headers.get("x-bedrock-adjustments")).toBeNull();
    await expect(client.responses.retrieve(data.id)).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.delete(data.id)).rejects.toMatchObject({ status: 404 });
    await expect(
      client.responses.create({ model: CLAUDE, input: "Two", previous_response_id: data.id }),
    ).rejects.toMatchObject(NOT_FOUND);
  });
});
