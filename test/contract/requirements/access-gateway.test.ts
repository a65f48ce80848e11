import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../../integrations/openai.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { accessTo, drained, lastTurn, PNG, sent } from "../../support/clients.ts";
import { schemaCheckedFetch } from "../../support/openai-schema.ts";
import { LOCAL, serve } from "../../unit/media/media-server.ts";

/**
 * Every chat example of the access gateway's usage guide, as a user of OpenAI's own client writes it. The guide's
 * requests name `gpt-3.5-turbo` where its answers name the model that stands in for it; here they name that model.
 */

type Body = OpenAI.ChatCompletionCreateParamsNonStreaming;

let house: House;
let client: OpenAI;
let checked: ReturnType<typeof schemaCheckedFetch>;
beforeAll(async () => {
  house = await openHouse();
  const access = accessTo(house);
  checked = schemaCheckedFetch(access.fetch);
  client = new OpenAI({ ...access, fetch: checked.fetch, maxRetries: 0 });
});
afterEach(async () => {
  await checked.settled();
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const MODEL = "anthropic.claude-3-sonnet-20240229-v1:0";

describe("multimodal", () => {
  const QUESTION = "please identify and count all the objects in these images, list all the names";
  const asking = (url: string): Body => ({
    model: MODEL,
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: QUESTION },
          { type: "image_url", image_url: { url } },
        ],
      },
    ],
  });

  it("reads an image from where it lies", async () => {
    const { requests, url } = await serve(
      (_, response) =>
        void response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from(PNG, "base64")),
    );
    const reader = createBedrockFetch(house.withOptions({ media: LOCAL }));
    const path = "/aws-samples/bedrock-access-gateway/blob/main/assets/obj-detect.png?raw=true";
    const { chat } = client.withOptions({ fetch: reader });
    const completion = await chat.completions.create(asking(url(path)));
    expect(requests).toHaveLength(1);
    expect(lastTurn(house)).toEqual([
      { text: QUESTION },
      { image: { format: "png", source: { bytes: PNG } } },
    ]);
    expect(completion.choices[0]!.message.content).toContain(QUESTION);
  });

  // The beginnings of files of one pixel, as much of them as is read.
  it.each([
    ["image/jpeg", "jpeg", "ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9"],
    ["image/png", "png", Buffer.from(PNG, "base64").toString("hex")],
    ["image/gif", "gif", "47494638396101000100000000002c00000000010001000002003b"],
    ["image/webp", "webp", "524946461a000000574542505650384c0d0000002f00000000000000000000000000"],
  ])("reads an image from a data URL of %s", async (mediaType, format, hex) => {
    const bytes = Buffer.from(hex, "hex").toString("base64");
    const completion = await client.chat.completions.create(asking(`data:${mediaType};base64,${bytes}`));
    expect(lastTurn(house)[1]).toEqual({ image: { format, source: { bytes } } });
    expect(completion).toMatchObject({
      id: expect.any(String),
      created: expect.any(Number),
      model: MODEL,
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant" } }],
      object: "chat.completion",
    });
    const { prompt_tokens, completion_tokens, total_tokens } = completion.usage!;
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  });
});

describe("tool call", () => {
  const WEATHER = {
    name: "get_current_weather",
    description: "Get the current weather in a given location",
    parameters: {
      type: "object",
      properties: {
        location: { type: "string", description: "The city or state which is required." },
        unit: { type: "string", enum: ["celsius", "fahrenheit"] },
      },
      required: ["location"],
    },
  };
  const LOCATION = {
    name: "get_current_location",
    description: "Use this tool to get the current location if user does not provide a location",
    parameters: { type: "object", properties: {} },
  };
  const asking = (content: string): Body => ({
    model: MODEL,
    messages: [{ role: "user", content }],
    tools: [WEATHER, LOCATION].map((each) => ({ type: "function", function: each })),
    tool_choice: "auto",
  });
  const WEATHER_SENT = {
    toolUse: {
      toolUseId: "0",
      name: WEATHER.name,
      input: { location: "Shanghai", unit: "celsius" },
    },
  };

  it("offers both tools, one of them without parameters, and gives the model's call back", async () => {
    house.bedrock.enqueue({ content: [WEATHER_SENT] });
    const completion = await client.chat.completions.create(
      asking("What is the weather like in Shanghai today?"),
    );
    expect(sent(house).toolConfig).toEqual({
      tools: [WEATHER, LOCATION].map(({ name, description, parameters }) => ({
        toolSpec: { name, description, inputSchema: { json: parameters } },
      })),
      toolChoice: { auto: {} },
    });
    const [choice] = completion.choices;
    expect(choice!.finish_reason).toBe("tool_calls");
    expect(choice!.message.tool_calls).toEqual([
      {
        id: "0",
        type: "function",
        function: { name: WEATHER.name, arguments: '{"location":"Shanghai","unit":"celsius"}' },
      },
    ]);
  });

  it("answers in words where no tool is needed", async () => {
    const completion = await client.chat.completions.create(asking("Hello, who are you?"));
    expect(completion.choices[0]).toMatchObject({ finish_reason: "stop" });
    expect(completion.choices[0]!.message).not.toHaveProperty("tool_calls");
  });

  it("goes on with the result of a call without arguments", async () => {
    const question = "What is the weather like today?";
    house.bedrock.enqueue({ content: [{ toolUse: { toolUseId: "a", name: LOCATION.name, input: {} } }] });
    const body = asking(question);
    const first = await client.chat.completions.create(body);
    const { message } = first.choices[0]!;
    const [call] = message.tool_calls!;
    expect(call).toMatchObject({ function: { name: LOCATION.name, arguments: "{}" } });

    house.bedrock.enqueue({ content: [WEATHER_SENT] });
    const result = { role: "tool" as const, tool_call_id: call!.id, content: "Shanghai" };
    const second = await client.chat.completions.create({
      ...body,
      messages: [...body.messages, message, result],
    });
    expect(sent(house).messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: [{ toolUse: { toolUseId: "a", name: LOCATION.name, input: {} } }],
      },
      { role: "user", content: [{ toolResult: { toolUseId: "a", content: [{ text: "Shanghai" }] } }] },
    ]);
    expect(second.choices[0]!.message.tool_calls![0]).toMatchObject({ function: { name: WEATHER.name } });
  });
});

describe("reasoning", () => {
  const model = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
  const messages = [{ role: "user" as const, content: "which one is bigger, 3.9 or 3.11?" }];
  const asking = { model, messages, max_completion_tokens: 4096 };

  it("is not asked for unless the caller asks", async () => {
    const completion = await client.chat.completions.create(asking);
    expect(sent(house)).not.toHaveProperty("additionalModelRequestFields");
    expect(completion.choices[0]!.message).not.toHaveProperty("reasoning_content");
  });

  it.each([
    ["low", 1228],
    ["medium", 2457],
    ["high", 4095],
  ] as const)("with effort %s takes its share of the limit: %d tokens", async (effort, budget) => {
    const body = { ...asking, reasoning_effort: effort, stream: false as const };
    const completion = await client.chat.completions.create(body);
    expect(sent(house)).toMatchObject({
      inferenceConfig: { maxTokens: 4096 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: budget } },
    });
    const { content, reasoning_content: reasoning } = completion.choices[0]!
      .message as OpenAI.ChatCompletionMessage & { reasoning_content?: string };
    expect(reasoning).toContain("which one is bigger");
    expect(content).not.toContain(reasoning);
    expect(completion).toMatchObject({
      model,
      choices: [{ index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant" } }],
    });
  });

  it("never gets less than 1,024 tokens", async () => {
    await client.chat.completions.create({ ...asking, max_completion_tokens: 2000, reasoning_effort: "low" });
    expect(sent(house).additionalModelRequestFields).toMatchObject({ thinking: { budget_tokens: 1024 } });
  });

  it("comes before the answer in a stream", async () => {
    const body = { ...asking, reasoning_effort: "low" as const, stream: true as const };
    const chunks = await drained(await client.chat.completions.create(body));
    const deltas = chunks.map(
      ({ choices }) => choices[0]?.delta as { reasoning_content?: string } | undefined,
    );
    const told = (name: "content" | "reasoning_content"): number[] =>
      deltas.flatMap((delta, index) =>
        (delta as Record<string, string> | undefined)?.[name] ? [index] : [],
      );
    expect(told("reasoning_content").length).toBeGreaterThan(0);
    expect(told("content")[0]).toBeGreaterThan(told("reasoning_content").at(-1)!);
  });
});

describe("a model that Bedrock has not", () => {
  it("is an error that says so, never another model in silence", async () => {
    const asked = client.chat.completions.create({
      model: "gpt-3.5-turbo",
      messages: [{ role: "user", content: "Hello" }],
    });
    await expect(asked).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" });
  });
});
