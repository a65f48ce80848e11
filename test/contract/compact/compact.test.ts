import {
  Agent,
  MemorySession,
  OpenAIProvider,
  OpenAIResponsesCompactionSession,
  Runner,
  setTracingDisabled,
} from "@openai/agents";
import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { openaiOf } from "../../support/openai-of.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { writePng } from "../../support/write-png.ts";

/** A history that became too long goes on as a summary, which only its owner and only this server reads. */

let house: House;
let handler: BedrockOpenAIHandler;
let client: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  house.bedrock.reset();
  handler = house.withOptions({ stateSecret: "s".repeat(32) });
  client = openaiOf(handler);
});

type Items = OpenAI.Responses.ResponseInputItem[];

const HISTORY: Items = [
  { role: "developer", content: "Speak like a sailor." },
  { role: "user", content: "What is in the box?" },
  { type: "function_call", call_id: "call_1", name: "open_box", arguments: "{}" },
  { type: "function_call_output", call_id: "call_1", output: "A cat." },
  { role: "assistant", content: "A cat, it seems." },
  { role: "user", content: [{ type: "input_text", text: "Is it alive?" }] },
];

const SUMMARY = { content: [{ text: "The box was opened with open_box: a cat." }] };

const sent = (): string => JSON.stringify(house.bedrock.requests.at(-1)!.body);

describe.each([CLAUDE, NOVA])("%s", (model) => {
  it("keeps what the caller said word for word, and all else as one sealed summary", async () => {
    house.bedrock.enqueue(SUMMARY);
    const compacted = await client.responses.compact({ model, input: HISTORY });
    assertSchema("CompactResource", compacted);
    expect(compacted.object).toBe("response.compaction");
    const output = compacted.output as unknown as {
      type: string;
      role?: string;
      content?: { text: string }[];
    }[];
    expect(output.map(({ type, role, content }) => [type, role, content?.map(({ text }) => text)])).toEqual([
      ["message", "developer", ["Speak like a sailor."]],
      ["message", "user", ["What is in the box?"]],
      ["message", "user", ["Is it alive?"]],
      ["compaction", undefined, undefined],
    ]);
    expect(JSON.stringify(compacted)).not.toContain("open_box");
    expect(compacted.usage.total_tokens).toBeGreaterThan(0);
    expect(sent()).toContain("A cat.");
  });

  it("goes on from there", async () => {
    house.bedrock.enqueue(SUMMARY);
    const { output } = await client.responses.compact({ model, input: HISTORY });
    const input = [...(output as unknown as Items), { role: "user" as const, content: "And now?" }];
    const next = await client.responses.create({ model, input, store: false });
    expect(next.status).toBe("completed");
    expect(sent()).toContain("The box was opened with open_box: a cat.");
    expect(sent()).toContain("Speak like a sailor.");
    for (const said of ["What is in the box?", "Is it alive?", "And now?"]) expect(sent()).toContain(said);
    expect(sent()).not.toContain('"toolUse"');
  });
});

it("compacts what was compacted: there is one summary, of all", async () => {
  house.bedrock.enqueue(SUMMARY, { content: [{ text: "Second." }] });
  const first = await client.responses.compact({ model: CLAUDE, input: HISTORY });
  const again = await client.responses.compact({ model: CLAUDE, input: first.output as unknown as Items });
  expect(again.output.map(({ type }) => type)).toEqual(["message", "message", "message", "compaction"]);
  expect(sent()).toContain("a cat.");
});

it("compacts a response that is kept, under other instructions", async () => {
  const first = await client.responses.create({ model: CLAUDE, input: "Hello there" });
  house.bedrock.enqueue(SUMMARY);
  const compacted = await client.responses.compact({
    model: CLAUDE,
    previous_response_id: first.id,
    instructions: "Be exact.",
  });
  expect(compacted.output.map(({ type }) => type)).toEqual(["message", "compaction"]);
  expect(sent()).toContain("Be exact.");
  expect(sent()).toContain(JSON.stringify(first.output_text));
});

it("gives the caller's files back as they were", async () => {
  const pixels = writePng({
    width: 600,
    height: 600,
    colourType: 2,
    depth: 8,
    data: Buffer.alloc(1_100_000, "noise"),
  });
  const image_url = `data:image/png;base64,${pixels.toString("base64")}`;
  house.bedrock.enqueue(SUMMARY);
  const input: Items = [{ role: "user", content: [{ type: "input_image", image_url, detail: "auto" }] }];
  const { output } = await client.responses.compact({ model: CLAUDE, input });
  expect(output[0]).toMatchObject({ content: [{ image_url }] });
});

it("is opened by nobody else, nor when it was changed", async () => {
  house.bedrock.enqueue(SUMMARY);
  const { output } = await client.responses.compact({ model: CLAUDE, input: HISTORY });
  const input = output as unknown as Items;
  const refusal = { status: 400, code: "invalid_encrypted_content" };
  await expect(
    openaiOf(handler, "sk-somebody-else").responses.create({ model: CLAUDE, input }),
  ).rejects.toMatchObject(refusal);
  const sealed = input.at(-1) as { encrypted_content: string };
  const forged = [
    ...input.slice(0, -1),
    { ...sealed, encrypted_content: `${sealed.encrypted_content.slice(0, -2)}xx` },
  ];
  await expect(client.responses.create({ model: CLAUDE, input: forged as Items })).rejects.toMatchObject(
    refusal,
  );
  const foreign = [...input.slice(0, -1), { ...sealed, encrypted_content: "gAAAAABsealed-elsewhere" }];
  await expect(client.responses.create({ model: CLAUDE, input: foreign as Items })).rejects.toMatchObject(
    refusal,
  );
  expect(house.bedrock.requests).toHaveLength(1);
});

it("is refused rather than cut short", async () => {
  house.bedrock.enqueue({ content: [{ text: "The box was" }], stopReason: "max_tokens" });
  await expect(client.responses.compact({ model: CLAUDE, input: HISTORY })).rejects.toMatchObject({
    status: 502,
  });
});

it.each<[string, object, string]>([
  ["nothing to compact", {}, "input"],
  ["an unknown response", { previous_response_id: "resp_nobody" }, "previous_response_id"],
])("refuses %s", async (_, body, param) => {
  const compacting = client.responses.compact({ model: CLAUDE, ...body });
  await expect(compacting).rejects.toMatchObject({ status: 400, param });
  expect(house.bedrock.requests).toHaveLength(0);
});

it("shows what would be asked, and asks nothing", async () => {
  const response = await handler(
    new Request("http://localhost/v1/responses/compact", {
      method: "POST",
      headers: { "content-type": "application/json", "x-bedrock-explain": "1" },
      body: JSON.stringify({ model: CLAUDE, input: HISTORY }),
    }),
  );
  expect(await response.json()).toMatchObject({ target: { model: CLAUDE }, request: { method: "POST" } });
  expect(house.bedrock.requests).toHaveLength(0);
});

it("asks for a summary that does without the user's messages: clients leave out what stands before it", async () => {
  house.bedrock.enqueue(SUMMARY);
  await client.responses.compact({ model: CLAUDE, input: HISTORY });
  const { messages } = house.bedrock.requests[0]!.body as {
    messages: { role: string; content: { text: string }[] }[];
  };
  expect(messages.at(-1)!.role).toBe("user");
  expect(messages.at(-1)!.content.at(-1)!.text).toContain("nothing of it but this summary");
});

it("keeps the session of an agent going that is compacted", async () => {
  setTracingDisabled(true);
  client = openaiOf(house.withOptions({ models: { "gpt-5": CLAUDE } }));
  const session = new OpenAIResponsesCompactionSession({
    client: client as never,
    // It takes OpenAI's own names only, which the operator leads where they are to go.
    model: "gpt-5",
    underlyingSession: new MemorySession(),
    shouldTriggerCompaction: () => false,
  });
  const runner = new Runner({
    modelProvider: new OpenAIProvider({ openAIClient: client as never, useResponses: true }),
  });
  const agent = new Agent({ name: "A", instructions: "Be brief.", model: CLAUDE });
  await runner.run(agent, "Hello one", { session });
  await runner.run(agent, "Hello two", { session });
  house.bedrock.enqueue(SUMMARY);
  await session.runCompaction({ force: true });
  expect((await session.getItems()).map((item) => item.type)).toEqual(["message", "message", "compaction"]);
  const third = await runner.run(agent, "Hello three", { session });
  expect(third.finalOutput).toContain("Hello three");
  expect(sent()).toContain("The box was opened");
});
