import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";
import { jsonSchemaOutputFormat } from "@anthropic-ai/sdk/helpers/json-schema";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnthropicAccess, anthropicOn, WAYS } from "../../support/anthropic.ts";
import {
  CLAUDE,
  GPT,
  type House,
  LLAMA,
  MISTRAL,
  NEW_CLAUDE,
  NOVA,
  openHouse,
  PIXTRAL,
} from "../../support/bedrock.ts";
import {
  BREAKING,
  callerLeft,
  INVALID,
  REASONED,
  sent,
  SLOW,
  THROTTLED,
  TWO_CALLS,
} from "../../support/clients.ts";

const hello = { max_tokens: 1000, messages: [{ role: "user" as const, content: "Hello" }] };
/** By Converse: what Claude does natively is tested apart. */
const CONVERSE_CLAUDE = `converse/${CLAUDE}`;

const weather = {
  name: "get_weather",
  description: "The weather of a city.",
  input_schema: {
    type: "object" as const,
    properties: { city: { type: "string" as const } },
    required: ["city"],
  },
};

const asData = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

describe.each(Object.entries(WAYS))("Anthropic's client, %s", (_, open) => {
  let house: House;
  let access: AnthropicAccess;
  let client: Anthropic;
  beforeEach(async () => {
    house = await openHouse();
    access = await open(house.handler);
    ({ client } = access);
  });
  afterEach(async () => {
    await access.close();
    await house.bedrock.close();
  });

  it.each([NOVA, LLAMA, MISTRAL, PIXTRAL, GPT, CONVERSE_CLAUDE, CLAUDE, NEW_CLAUDE])(
    "hears %s whole and streamed alike",
    async (model) => {
      const {
        data: whole,
        request_id,
        response,
      } = await client.messages.create({ model, ...hello }).withResponse();
      expect(whole).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn" });
      expect(whole.id).toMatch(/^msg_/);
      expect(request_id).toBe(response.headers.get("x-request-id"));

      const pieces: string[] = [];
      const stream = client.messages.stream({ model, ...hello }).on("text", (piece) => pieces.push(piece));
      const final = await stream.finalMessage();
      // How long which tokens are cached is known at the end, where this client does not look for it: it is not to be a zero.
      const { cache_creation: _, ...usage } = whole.usage;
      expect(final).toMatchObject({ ...asData(whole), id: expect.stringMatching(/^msg_/), usage });
      expect(final.usage.cache_creation ?? null).toBeNull();
      expect(pieces.join("")).toBe(
        whole.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
      );
      expect(pieces.length).toBeGreaterThan(1);
    },
  );

  it("goes on in its agent loop where a model calls tools, also without arguments", async () => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue(TWO_CALLS);
      const asked = { model: NOVA, ...hello, tools: [weather] };
      const message = stream
        ? await client.messages.stream(asked).finalMessage()
        : await client.messages.create(asked);
      expect(message.stop_reason).toBe("tool_use");
      expect(message.content).toMatchObject([
        { type: "text", text: "Let me look." },
        { type: "tool_use", id: "tooluse_a", name: "get_weather", input: { city: "Oslo" } },
        { type: "tool_use", id: "tooluse_b", name: "get_time", input: {} },
      ]);
    }
  });

  it("runs tools with its own runner", async () => {
    house.bedrock.enqueue(
      { content: [{ toolUse: { toolUseId: "t1", name: "get_weather", input: { city: "Oslo" } } }] },
      { content: [{ text: "It rains in Oslo." }] },
    );
    const cities: unknown[] = [];
    const tool = betaTool({
      name: "get_weather",
      description: "d",
      inputSchema: weather.input_schema,
      run: ({ city }: { city?: string }) => {
        cities.push(city);
        return "rain";
      },
    });
    const last = await client.beta.messages.toolRunner({ model: NOVA, ...hello, tools: [tool] });
    expect(cities).toEqual(["Oslo"]);
    expect(last.content).toMatchObject([{ type: "text", text: "It rains in Oslo." }]);
    expect(sent(house).messages.at(-1)).toEqual({
      role: "user",
      content: [{ toolResult: { toolUseId: "t1", content: [{ text: "rain" }] } }],
    });
  });

  it("gives Claude its signed thoughts back, unchanged, before the calls they led to", async () => {
    const asked = {
      model: CONVERSE_CLAUDE,
      max_tokens: 4000,
      thinking: { type: "enabled" as const, budget_tokens: 2000 },
      tools: [weather],
    };
    const question = { role: "user" as const, content: "Call get_weather please" };
    const first = await client.messages.stream({ ...asked, messages: [question] }).finalMessage();
    const [thought, call] = first.content;
    if (thought?.type !== "thinking" || call?.type !== "tool_use")
      throw new Error("no thought before a call");
    const second = await client.messages.create({
      ...asked,
      messages: [
        question,
        { role: "assistant", content: first.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "sunny" }] },
      ],
    });
    expect(second.stop_reason).toBe("end_turn");
    const { thinking: text, signature } = thought;
    expect(signature).not.toBe("");
    expect(sent(house).messages[1]!.content[0]).toEqual({
      reasoningContent: { reasoningText: { text, signature } },
    });
  });

  it("hears the thoughts of models that sign nothing, and may send them back", async () => {
    house.bedrock.enqueue({
      content: [{ reasoningContent: { reasoningText: { text: "Hm." } } }, { text: "Four." }],
    });
    const message = await client.messages.stream({ model: NOVA, ...hello }).finalMessage();
    expect(message.content).toMatchObject([
      { type: "thinking", thinking: "Hm.", signature: "" },
      { type: "text", text: "Four." },
    ]);
    house.bedrock.enqueue(REASONED);
    const again = await client.messages.create({
      model: NOVA,
      max_tokens: 100,
      messages: [
        ...hello.messages,
        { role: "assistant", content: message.content },
        { role: "user", content: "Sure?" },
      ],
    });
    expect(again.content.at(-1)).toMatchObject({ text: "Four." });
  });

  it("parses what was to be JSON", async () => {
    house.bedrock.enqueue({ content: [{ text: '{"answer":4}' }] });
    const schema = {
      type: "object",
      properties: { answer: { type: "integer" } },
      required: ["answer"],
      additionalProperties: false,
    } as const;
    const message = await client.messages.parse({
      model: CONVERSE_CLAUDE,
      ...hello,
      output_config: { format: jsonSchemaOutputFormat(schema) },
    });
    expect(message.parsed_output).toEqual({ answer: 4 });
    expect(sent(house).outputConfig).toMatchObject({ textFormat: { type: "json_schema" } });
  });

  it("counts tokens, and is told where AWS does not", async () => {
    const counted = await client.messages
      .countTokens({ model: CONVERSE_CLAUDE, messages: hello.messages })
      .withResponse();
    expect(counted.data.input_tokens).toBeGreaterThan(0);
    expect(counted.response.headers.get("x-bedrock-adjustments")).toBeNull();
    const guessed = await client.messages
      .countTokens({ model: GPT, messages: hello.messages })
      .withResponse();
    expect(guessed.data.input_tokens).toBeGreaterThan(0);
    expect(guessed.response.headers.get("x-bedrock-adjustments")).toContain('"param":"input_tokens"');
  });

  it.each([
    [
      "a request that makes no sense",
      undefined,
      { max_tokens: 0 },
      Anthropic.BadRequestError,
      "invalid_request_error",
    ],
    [
      "a model that is not there",
      undefined,
      { model: "acme.nothing" },
      Anthropic.NotFoundError,
      "not_found_error",
    ],
    ["a refusal", INVALID, {}, Anthropic.BadRequestError, "invalid_request_error"],
    ["too many calls", THROTTLED, {}, Anthropic.RateLimitError, "rate_limit_error"],
    [
      "no access",
      { error: { name: "AccessDeniedException", message: "no" } },
      {},
      Anthropic.PermissionDeniedError,
      "permission_error",
    ],
    [
      "no capacity",
      { error: { name: "ServiceUnavailableException", message: "no" } },
      {},
      Anthropic.InternalServerError,
      "overloaded_error",
    ],
    [
      "a failure of AWS",
      { error: { name: "InternalServerException", message: "no" } },
      {},
      Anthropic.InternalServerError,
      "api_error",
    ],
  ] as const)("throws its own error for %s, streamed too", async (_what, reply, body, ErrorClass, type) => {
    for (const stream of [false, true]) {
      if (reply) house.bedrock.enqueue(reply);
      const failure: unknown = await client.messages
        .create({ model: NOVA, ...hello, ...body, stream })
        .catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(Anthropic.APIError);
      expect(failure).toMatchObject({ type, requestID: expect.stringMatching(/^req_/) });
      if (ErrorClass !== Anthropic.InternalServerError) expect(failure).toBeInstanceOf(ErrorClass);
      else expect((failure as { status: number }).status).toBeGreaterThanOrEqual(500);
    }
  });

  it("throws for a stream that breaks off, after what came before", async () => {
    house.bedrock.enqueue(BREAKING);
    const pieces: string[] = [];
    const stream = client.messages
      .stream({ model: NOVA, ...hello })
      .on("text", (piece) => pieces.push(piece));
    const failure: unknown = await stream.finalMessage().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Anthropic.APIError);
    expect(failure).toMatchObject({ type: "api_error" });
    expect(pieces.join("")).toBe("one two");
  });

  it("stops the model by leaving", async () => {
    house.bedrock.enqueue(SLOW);
    const stream = client.messages.stream({ model: NOVA, ...hello });
    for await (const event of stream) if (event.type === "content_block_delta") break;
    await expect(callerLeft(house)).resolves.toBeUndefined();
  });
});

describe("Anthropic's client with a key", () => {
  it("is known by x-api-key, and a stranger is told so in its words", async () => {
    const house = await openHouse();
    const handler = house.withOptions({ apiKeys: ["right"] });
    const known = anthropicOn(handler, { apiKey: "right" });
    expect((await known.messages.create({ model: NOVA, ...hello })).role).toBe("assistant");
    const stranger = anthropicOn(handler, { apiKey: "wrong" });
    const failure: unknown = await stranger.messages
      .create({ model: NOVA, ...hello })
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Anthropic.AuthenticationError);
    expect(failure).toMatchObject({ type: "authentication_error", requestID: expect.any(String) });
    await house.bedrock.close();
  });
});
