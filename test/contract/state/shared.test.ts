import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, NOVA } from "../../support/bedrock.ts";
import { type Cluster, openCluster, type ServerProcess } from "../../support/state-servers.ts";

let cluster: Cluster;
let one: ServerProcess;
let other: ServerProcess;
beforeAll(async () => {
  cluster = await openCluster();
  [one, other] = await Promise.all([cluster.start(), cluster.start()]);
});
afterAll(() => cluster.close());

const asked = (): unknown => cluster.bedrock.requests.at(-1)!.body;

const POLLED = { timeout: 10_000 };

async function gathered<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of stream) all.push(event);
  return all;
}

const create = (
  server: ServerProcess,
  input: NonNullable<OpenAI.Responses.ResponseCreateParams["input"]>,
  more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming> = {},
): Promise<OpenAI.Responses.Response> => server.openai().responses.create({ model: CLAUDE, input, ...more });

describe("a response that one process made", () => {
  it("is continued by another, which asks the model all that was said", async () => {
    const first = await create(one, "My name is Ada.");
    const second = await create(other, "Who am I?", { previous_response_id: first.id });
    const third = await create(one, "Are you sure?", { previous_response_id: second.id });
    expect(asked()).toMatchObject({
      messages: [
        { role: "user", content: [{ text: "My name is Ada." }] },
        { role: "assistant", content: [{ text: first.output_text }] },
        { role: "user", content: [{ text: "Who am I?" }] },
        { role: "assistant", content: [{ text: second.output_text }] },
        { role: "user", content: [{ text: "Are you sure?" }] },
      ],
    });
    expect(third.previous_response_id).toBe(second.id);
  });

  it("is read by another, with its input, from the moment that its stream told its end", async () => {
    const stream = one.openai().responses.stream({ model: CLAUDE, input: "Hello" });
    const told = await stream.finalResponse();
    const read = await other.openai().responses.retrieve(told.id);
    expect([read.id, read.output_text]).toEqual([told.id, told.output_text]);
    expect(read.status).toBe("completed");
    const items = await other.openai().responses.inputItems.list(told.id);
    expect(items.data).toMatchObject([
      { type: "message", role: "user", content: [{ type: "input_text", text: "Hello" }] },
    ]);
  });

  it("is found item by item by another", async () => {
    const first = await create(one, "Hello");
    await create(other, [
      { type: "item_reference", id: first.output[0]!.id! },
      { role: "user", content: "And now?" },
    ]);
    expect(asked()).toMatchObject({
      messages: [
        { role: "user" },
        { role: "assistant", content: [{ text: first.output_text }] },
        { role: "user", content: [{ text: "And now?" }] },
      ],
    });
  });

  it("is deleted by another, and gone for both", async () => {
    const first = await create(one, "Hello");
    await other.openai().responses.delete(first.id);
    for (const server of [one, other]) {
      await expect(server.openai().responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
      await expect(create(server, "And?", { previous_response_id: first.id })).rejects.toMatchObject({
        status: 400,
        code: "previous_response_not_found",
      });
    }
  });

  it("is nobody else's, whichever process is asked", async () => {
    const first = await create(one, "A secret");
    const stranger = other.openai("sk-another");
    await expect(stranger.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.responses.delete(first.id)).rejects.toMatchObject({ status: 404 });
    await expect(
      stranger.responses.create({ model: CLAUDE, input: "?", previous_response_id: first.id }),
    ).rejects.toMatchObject({ status: 400, code: "previous_response_not_found" });
    expect((await other.openai().responses.retrieve(first.id)).id).toBe(first.id);
  });

  it("outlives its process", async () => {
    const doomed = await cluster.start();
    const first = await create(doomed, "Remember me");
    await doomed.kill();
    expect((await other.openai().responses.retrieve(first.id)).output_text).toBe(first.output_text);
  });

  it("carries its reasoning into another process, signed as the model wants it back", async () => {
    const tools: OpenAI.Responses.Tool[] = [
      {
        type: "function",
        name: "get_weather",
        strict: false,
        parameters: { type: "object", properties: {} },
      },
    ];
    const more = { reasoning: { effort: "medium" as const }, tools };
    const first = await create(one, "Call get_weather", more);
    const kinds = first.output.map(({ type }) => type);
    expect(kinds).toEqual(expect.arrayContaining(["reasoning", "function_call"]));
    const call = first.output.find((item) => item.type === "function_call")!;
    const output = { type: "function_call_output" as const, call_id: call.call_id, output: "sunny" };
    await create(other, [output], { ...more, previous_response_id: first.id });
    expect(JSON.stringify(asked())).toContain('"signature"');
  });
});

describe("a response that one process makes in the background", () => {
  const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;
  const STALLED = { content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } } as const;

  it("is polled from another until it is done, and continued there", async () => {
    const { id, status } = await one.openai().responses.create(ASKED);
    expect(status).toBe("queued");
    const client = other.openai();
    await expect.poll(async () => (await client.responses.retrieve(id)).status, POLLED).toBe("completed");
    expect((await create(other, "And?", { previous_response_id: id })).status).toBe("completed");
  });

  it("is told again by another, event by event, from wherever the caller had come", async () => {
    const stream = await one.openai().responses.create({ ...ASKED, stream: true });
    const told = await gathered(stream);
    const { id } = (told[0] as { response: { id: string } }).response;
    const again = await gathered(
      await other.openai().responses.retrieve(id, { stream: true, starting_after: 2 }),
    );
    expect(again).toEqual(told.slice(3));
    expect(again.at(-1)).toMatchObject({ type: "response.completed" });
  });

  it("is cancelled by another, which stops the model", async () => {
    cluster.bedrock.enqueue(STALLED);
    const { id } = await one.openai().responses.create(ASKED);
    await expect
      .poll(async () => (await other.openai().responses.retrieve(id)).status, POLLED)
      .toBe("in_progress");
    expect((await other.openai().responses.cancel(id)).status).toBe("cancelled");
    await expect.poll(() => cluster.bedrock.requests.at(-1)!.aborted, POLLED).toBe(true);
    expect((await one.openai().responses.retrieve(id)).status).toBe("cancelled");
  });

  it("is nobody else's to cancel", async () => {
    const { id } = await one.openai().responses.create(ASKED);
    await expect(other.openai("sk-another").responses.cancel(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("a conversation", () => {
  it("is begun on one process, goes on at another, and is read by both", async () => {
    const { id } = await one.openai().conversations.create({
      items: [{ type: "message", role: "user", content: "My name is Ada." }],
    });
    const first = await create(one, "Hello", { conversation: id });
    await create(other, "Who am I?", { conversation: id });
    expect((asked() as { messages: unknown[] }).messages).toHaveLength(3);
    expect(JSON.stringify(asked())).toContain(JSON.stringify(first.output_text).slice(1, -1));
    for (const server of [one, other])
      expect((await server.openai().conversations.items.list(id)).data).toHaveLength(5);
  });
});

describe("what is kept for a time", () => {
  it("is gone after it, for every process, and its Redis holds nothing of it", async () => {
    const [brief, reader] = await Promise.all([cluster.start({ storeTtl: 3_000 }), cluster.start()]);
    const first = await create(brief, "Not for long");
    expect((await reader.openai().responses.retrieve(first.id)).id).toBe(first.id);
    await expect
      .poll(
        () =>
          reader
            .openai()
            .responses.retrieve(first.id)
            .catch(({ status }) => status),
        { timeout: 10_000 },
      )
      .toBe(404);
    await expect(create(brief, "And?", { previous_response_id: first.id })).rejects.toMatchObject({
      code: "previous_response_not_found",
    });
  });
});
