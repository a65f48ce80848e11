import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { writePng } from "../../support/write-png.ts";

/** What is kept of chat completions can be read again, whole, by who had it kept and by nobody else. */

let house: House;
let client: OpenAI;
let other: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  house.bedrock.reset();
  const handler = house.withOptions({});
  client = openaiOf(handler);
  other = openaiOf(handler, "sk-somebody-else");
});

const messages = [{ role: "user" as const, content: "Hello" }];
const NATIVE = "us.openai.gpt-6-sol";

describe.each([CLAUDE, NATIVE])("%s", (model) => {
  it.each([false, true])("reads what was answered, stream: %s", async (stream) => {
    const asked = { model, messages, store: true, metadata: { topic: "tests" }, temperature: 1 };
    const told = stream
      ? await client.chat.completions
          .stream({ ...asked, stream, stream_options: { include_usage: false } })
          .finalChatCompletion()
      : await client.chat.completions.create(asked);
    const kept = await client.chat.completions.retrieve(told.id);
    assertSchema("CreateChatCompletionResponse", kept);
    expect(kept.choices[0]!.message.content).toBe(told.choices[0]!.message.content);
    expect(kept).toMatchObject({
      id: told.id,
      object: "chat.completion",
      created: told.created,
      model: told.model,
      metadata: { topic: "tests" },
      temperature: 1,
      tools: null,
      choices: [{ index: 0, finish_reason: "stop" }],
    });
    expect(kept.choices[0]!.message.content).not.toBe("");
    expect(kept.usage?.total_tokens).toBeGreaterThan(0);
  });

  it.each([undefined, null, false])("keeps nothing where store is %s", async (store) => {
    const { id } = await client.chat.completions.create({
      model,
      messages,
      ...(store !== undefined && { store }),
    });
    await expect(client.chat.completions.retrieve(id)).rejects.toMatchObject({ status: 404 });
    expect(await all(client.chat.completions.list())).toEqual([]);
  });

  it("asks AWS the same whether or not the answer is kept", async () => {
    for (const store of [true, false]) await client.chat.completions.create({ model, messages, store });
    const [kept, not] = house.bedrock.requests.map(({ body }) => body as Record<string, unknown>);
    expect({ ...kept, store: undefined }).toEqual({ ...not, store: undefined });
    expect(kept).not.toHaveProperty("store", true);
  });
});

it("keeps a streamed answer as the whole one, calls and several choices too", async () => {
  const tools = [
    {
      type: "function" as const,
      function: {
        name: "get_weather",
        parameters: { type: "object", properties: { city: { type: "string" } } },
      },
    },
  ];
  const asked = {
    model: CLAUDE,
    n: 2,
    store: true,
    tools,
    messages: [{ role: "user" as const, content: 'get_weather for "Oslo" please' }],
  };
  const whole = await client.chat.completions.create(asked);
  const streamed = await client.chat.completions.create({ ...asked, stream: true });
  let id = "";
  for await (const chunk of streamed) id = chunk.id;
  const kept = await client.chat.completions.retrieve(id);
  expect(
    kept.choices.map(({ message, ...rest }) => ({
      ...rest,
      calls: message.tool_calls?.map((call) => ({ ...call, id: "" })),
      content: message.content,
    })),
  ).toEqual(
    whole.choices.map(({ message, ...rest }) => ({
      ...rest,
      calls: message.tool_calls?.map((call) => ({ ...call, id: "" })),
      content: message.content,
    })),
  );
  expect(kept.usage).toEqual(whole.usage);
  expect(kept).toMatchObject({ tools });
});

it("lists in pages, oldest first or last, by model and metadata", async () => {
  const ids: string[] = [];
  for (const [index, model] of [CLAUDE, NOVA, CLAUDE, NOVA, CLAUDE].entries()) {
    const metadata = { even: String(index % 2 === 0), "a key": `v=${index}&` };
    ids.push((await client.chat.completions.create({ model, messages, store: true, metadata })).id);
  }
  const listed = async (query?: object): Promise<string[]> =>
    (await all(client.chat.completions.list(query))).map(({ id }) => id);
  expect(await listed()).toEqual(ids);
  expect(await listed({ limit: 2 })).toEqual(ids);
  expect(await listed({ limit: 2, order: "desc" })).toEqual(ids.toReversed());
  expect(await listed({ limit: 1, model: NOVA })).toEqual([ids[1], ids[3]]);
  expect(await listed({ metadata: { even: "true" } })).toEqual([ids[0], ids[2], ids[4]]);
  expect(await listed({ metadata: { even: "true", "a key": "v=2&" } })).toEqual([ids[2]]);
  expect(await listed({ metadata: { toString: "x" } })).toEqual([]);
  await client.chat.completions.delete(ids[2]!);
  expect(await listed({ after: ids[2], limit: 1 })).toEqual(ids.slice(3));
  expect(await listed({ limit: 2 })).toEqual(ids.filter((id) => id !== ids[2]));
  const page = await (await client.chat.completions.list({ limit: 2 }).asResponse()).json();
  assertSchema("ChatCompletionList", page);
  expect(page).toMatchObject({ has_more: true, first_id: ids[0], last_id: ids[1] });
  const none = await (await openaiOf(house.withOptions({})).chat.completions.list().asResponse()).json();
  assertSchema("ChatCompletionList", none);
  expect(none).toMatchObject({ data: [], has_more: false });
});

it("lists more than fit on a sheet of the ledger", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 103; count += 1)
    ids.push((await client.chat.completions.create({ model: NOVA, messages, store: true })).id);
  expect((await all(client.chat.completions.list({ limit: 100 }))).map(({ id }) => id)).toEqual(ids);
});

it("loses none of those that are kept at the same moment", async () => {
  const made = await Promise.all(
    Array.from({ length: 30 }, () => client.chat.completions.create({ model: NOVA, messages, store: true })),
  );
  const listed = await all(client.chat.completions.list());
  expect(listed.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
});

it.each([NOVA, NATIVE])("changes the metadata of %s and nothing else", async (model) => {
  const made = await client.chat.completions.create({
    model,
    messages,
    store: true,
    metadata: { a: "1" },
  });
  const changed = await client.chat.completions.update(made.id, { metadata: { b: "2" } });
  expect(changed).toMatchObject({ id: made.id, metadata: { b: "2" }, choices: made.choices });
  expect(await client.chat.completions.retrieve(made.id)).toEqual(changed);
  expect(await client.chat.completions.update(made.id, { metadata: null })).toMatchObject({ metadata: {} });
});

it("lists the request's messages, files and all", async () => {
  // A megabyte of it is lifted out of the body while it is on its way.
  const pixels = writePng({
    width: 600,
    height: 600,
    colourType: 2,
    depth: 8,
    data: Buffer.alloc(1_100_000, "noise"),
  });
  const image = `data:image/png;base64,${pixels.toString("base64")}`;
  const asked = [
    { role: "system" as const, content: "Be brief." },
    {
      role: "user" as const,
      content: [
        { type: "text" as const, text: "See" },
        { type: "image_url" as const, image_url: { url: image } },
      ],
    },
  ];
  const { id } = await client.chat.completions.create({ model: CLAUDE, messages: asked, store: true });
  const listed = await all(client.chat.completions.messages.list(id, { limit: 1 }));
  expect(listed).toMatchObject([
    { id: `${id}-0`, role: "system", content: "Be brief.", content_parts: null },
    { id: `${id}-1`, role: "user", content: null, content_parts: asked[1]!.content },
  ]);
  expect(
    (await all(client.chat.completions.messages.list(id, { order: "desc" }))).map((each) => each.id),
  ).toEqual([`${id}-1`, `${id}-0`]);
  await client.chat.completions.delete(id);
  await expect(client.chat.completions.messages.list(id)).rejects.toMatchObject({ status: 404 });
});

it("is to another caller as if it were not there", async () => {
  const { id } = await client.chat.completions.create({ model: NOVA, messages, store: true });
  const missing = { status: 404, error: { message: `Chat completion with id '${id}' not found.` } };
  await expect(other.chat.completions.retrieve(id)).rejects.toMatchObject(missing);
  await expect(other.chat.completions.update(id, { metadata: {} })).rejects.toMatchObject(missing);
  await expect(other.chat.completions.delete(id)).rejects.toMatchObject(missing);
  await expect(other.chat.completions.messages.list(id)).rejects.toMatchObject(missing);
  expect(await all(other.chat.completions.list())).toEqual([]);
  expect(await client.chat.completions.retrieve(id)).toMatchObject({ id });
});
