import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { assertSchema } from "../../../support/openai-schema.ts";
import { emulator, RED_PNG } from "../support.ts";
import { GEMMA, GPT_5_6, GROK, openAi, postNative, RESPONSES, WEATHER } from "./support.ts";

const tool = { type: "function" as const, strict: true, ...WEATHER };
type Params = Partial<ResponseCreateParamsNonStreaming>;

async function ask(params: Params = {}, model = GPT_5_6, base?: string) {
  const response = await openAi(await emulator(), base).responses.create({
    model,
    input: "hello",
    ...params,
  });
  const { output_text: _, ...wire } = response as unknown as Record<string, unknown>;
  assertSchema("Response", wire);
  return response;
}

async function events(params: Params = {}, model = GPT_5_6) {
  const bedrock = await emulator();
  const found = [];
  for await (const event of await openAi(bedrock).responses.create({
    model,
    input: "hello",
    ...params,
    stream: true,
  })) {
    assertSchema("ResponseStreamEvent", event);
    found.push(event);
  }
  return found;
}

describe("native responses", () => {
  it("think, then say", async () => {
    const response = await ask();
    expect(response).toMatchObject({
      status: "completed",
      model: GPT_5_6,
      service_tier: "default",
      error: null,
    });
    expect(response.output.map(({ type }) => type)).toEqual(["reasoning", "message"]);
    expect(response.output_text).toContain("You said: hello");
    expect(response.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  });

  it("call a function although they reason, and hear its result", async () => {
    const first = await ask({ input: 'weather in "Paris"', tools: [tool] });
    const call = first.output.find(({ type }) => type === "function_call");
    expect(call).toMatchObject({ name: "get_weather", arguments: '{"city":"Paris"}', status: "completed" });
    const call_id = (call as { call_id: string }).call_id;
    const second = await ask({
      input: [
        { role: "user", content: "weather" },
        ...(first.output as never[]),
        { type: "function_call_output", call_id, output: "sunny" },
      ],
      tools: [tool],
    });
    expect(second.output_text).toContain("get_weather returned: sunny");
  });

  it("are continued by their id, on the host that stored them", async () => {
    const client = openAi(await emulator());
    const first = await client.responses.create({
      model: GPT_5_6,
      input: 'weather in "Paris"',
      tools: [tool],
    });
    const call_id = (first.output.at(-1) as { call_id: string }).call_id;
    const second = await client.responses.create({
      model: GPT_5_6,
      previous_response_id: first.id,
      input: [{ type: "function_call_output", call_id, output: "sunny" }],
    });
    expect(second.output_text).toContain("get_weather returned: sunny");
    await expect(
      client.responses.create({ model: GPT_5_6, previous_response_id: "resp_none", input: "x" }),
    ).rejects.toMatchObject({ status: 404 });
    const secret = await client.responses.create({ model: GPT_5_6, input: "psst", store: false });
    await expect(
      client.responses.create({ model: GPT_5_6, previous_response_id: secret.id, input: "x" }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("stop at the limit, follow a schema, see an image", async () => {
    expect(await ask({ max_output_tokens: 2 })).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const text = { format: { type: "json_schema" as const, name: "a", schema, strict: true } };
    expect(JSON.parse((await ask({ input: '"Rome"', text })).output_text)).toEqual({ city: "Rome" });
    const image_url = `data:image/png;base64,${RED_PNG}`;
    const input: Params["input"] = [
      { role: "user", content: [{ type: "input_image", image_url, detail: "auto" }] },
    ];
    expect((await ask({ input })).output_text).toMatch(/2.3/);
  });

  it("show their thoughts each in their own way", async () => {
    const thought = async (model: string, params: Params = {}) => (await ask(params, model)).output[0];
    const encrypted: Params = { include: ["reasoning.encrypted_content"] };
    expect(await thought(GPT_5_6)).toMatchObject({ type: "reasoning", summary: [] });
    expect(await thought(GPT_5_6, { reasoning: { summary: "auto" } })).toMatchObject({
      summary: [{ type: "summary_text", text: expect.stringMatching(/^The user wrote/) }],
    });
    expect(await thought(GROK)).not.toHaveProperty("content");
    expect(await thought(GROK, encrypted)).toMatchObject({
      summary: [],
      encrypted_content: expect.any(String),
    });
    expect(await thought(GEMMA, { reasoning: { effort: "low" } })).toMatchObject({
      content: [{ type: "reasoning_text", text: expect.stringMatching(/^The user wrote/) }],
    });
    expect(await thought(GPT_5_6, { reasoning: { effort: "none" } })).toMatchObject({ type: "message" });
  });
});

describe("the events of native responses", () => {
  it("come in OpenAI's order, numbered, and end with the whole response", async () => {
    const found = await events({ reasoning: { summary: "auto" } });
    expect(found.map(({ sequence_number }) => sequence_number)).toEqual(found.map((_, index) => index));
    const types = found.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    const whole = await ask({ reasoning: { summary: "auto" } });
    expect(found.at(-1)).toMatchObject({ response: { output: whole.output, usage: whole.usage } });
  });

  it("hold a call in pieces", async () => {
    const found = await events({ input: 'weather in "Paris"', tools: [tool] });
    const deltas = found.flatMap((event) =>
      event.type === "response.function_call_arguments.delta" ? [event.delta] : [],
    );
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join("")).toBe('{"city":"Paris"}');
  });

  it("end as incomplete at the limit", async () => {
    expect((await events({ max_output_tokens: 2 })).at(-1)?.type).toBe("response.incomplete");
  });
});

describe("refusals of native responses", () => {
  it.each([
    [{ top_k: 5 }, "Unknown parameter: 'top_k'."],
    [{ messages: [] }, "Unknown parameter: 'messages'."],
    [{ input: undefined }, "Missing required parameter: 'input'."],
    [{ background: true }, "Unsupported parameter: 'background'"],
    [{ tools: [{ type: "web_search" }] }, "Invalid value: 'web_search'."],
    [{ temperature: 1 }, "Unsupported parameter: 'temperature'"],
    [{ reasoning: { effort: "minimal" } }, "Invalid value: 'minimal'."],
    [{ max_output_tokens: 0 }, "Invalid value: 'max_output_tokens'"],
    [{ input: [{ type: "item_reference", id: "x" }] }, "Invalid value: 'item_reference'."],
    [
      { input: [{ type: "function_call_output", call_id: "x", output: "" }] },
      "No tool call found for function call output with call_id x.",
    ],
    [
      { input: [{ role: "user", content: [{ type: "input_image", image_url: "https://a.b/c.png" }] }] },
      "Invalid image URL",
    ],
    [{ input: [{ role: "user", content: [{ type: "input_file" }] }] }, "Invalid value: 'input_file'."],
  ])("%j", async (params, said) => {
    const body = { model: GPT_5_6, input: "hello", ...params };
    const { status, verdict } = await postNative(await emulator(), RESPONSES, body);
    expect(status).toBe(400);
    expect(verdict).toContain(said);
  });
});
