import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { schemaCheckedFetch } from "../../../support/openai-schema.ts";
import { emulator, RED_PNG } from "../support.ts";
import {
  CHAT,
  GEMMA,
  GPT_5_6,
  GPT_6,
  GPT_OSS,
  GROK,
  hello,
  KIMI,
  openAi,
  postNative,
  QWEN,
  signedFor,
  user,
  weatherTool,
} from "./support.ts";

type Params = Partial<ChatCompletionCreateParamsNonStreaming>;

/** One call through OpenAI's client, held against OpenAI's schema. */
async function ask(model: string, params: Params = {}, base?: string) {
  const checked = schemaCheckedFetch(fetch);
  const client = openAi(await emulator(), base, checked.fetch);
  const completion = await client.chat.completions.create({ model, ...hello, ...params });
  await checked.settled();
  return { completion, choice: completion.choices[0]!, message: completion.choices[0]!.message };
}

async function stream(model: string, params: Params = {}, base?: string) {
  const checked = schemaCheckedFetch(fetch);
  const client = openAi(await emulator(), base, checked.fetch);
  const chunks = [];
  for await (const chunk of await client.chat.completions.create({
    model,
    ...hello,
    ...params,
    stream: true,
  }))
    chunks.push(chunk);
  await checked.settled();
  return chunks;
}

describe("native chat answers", () => {
  it("echo, under AWS's own ids", async () => {
    const { completion, choice, message } = await ask(GPT_6);
    expect(completion).toMatchObject({ object: "chat.completion", model: GPT_6, service_tier: "default" });
    expect(completion.id).toMatch(/^chatcmpl-\w{24}$/);
    expect(message.content).toContain("You said: hello");
    expect(choice.finish_reason).toBe("stop");
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
  });

  it("stream the same words, and count only when asked to", async () => {
    const { message } = await ask(GPT_6);
    const chunks = await stream(GPT_6);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(message.content);
    expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
    const counted = await stream(GPT_6, { stream_options: { include_usage: true } });
    expect(counted.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: expect.any(Number) } });
    expect(counted.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it.each([
    [GPT_5_6, { reasoning_effort: "none" as const }, undefined],
    [GPT_6, {}, undefined],
    [GPT_OSS, {}, undefined],
    [GROK, {}, undefined],
    [QWEN, {}, "/v1"],
    [GEMMA, {}, undefined],
  ])("%s calls an offered function that is spoken of, whole and streamed", async (model, params, base) => {
    const asked = { ...params, messages: [user('weather in "Paris"')], tools: [weatherTool] };
    const { choice, message } = await ask(model, asked, base);
    expect(choice.finish_reason).toBe("tool_calls");
    const [call] = message.tool_calls ?? [];
    expect(call).toMatchObject({
      type: "function",
      function: { name: "get_weather", arguments: '{"city":"Paris"}' },
    });
    expect(call?.id).toMatch(/^call_/);
    const deltas = (await stream(model, asked, base)).flatMap(
      ({ choices }) => choices[0]?.delta.tool_calls ?? [],
    );
    expect(deltas[0]?.id).toBe(call?.id);
    expect(deltas.map((delta) => delta.function?.arguments).join("")).toBe('{"city":"Paris"}');
  });

  it("hear what a function returned", async () => {
    const call = {
      id: "call_1",
      type: "function" as const,
      function: { name: "get_weather", arguments: "{}" },
    };
    const { message } = await ask(GPT_6, {
      messages: [
        user("weather?"),
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: "sunny" },
      ],
      tools: [weatherTool],
    });
    expect(message.content).toContain("get_weather returned: sunny");
  });

  it("stop at the limit, at a stop sequence, and follow a schema", async () => {
    expect((await ask(GPT_6, { max_completion_tokens: 2 })).choice.finish_reason).toBe("length");
    expect((await ask(QWEN, { max_tokens: 2 }, "/v1")).choice.finish_reason).toBe("length");
    expect((await ask(QWEN, { stop: ["said"] }, "/v1")).message.content).toBe("You ");
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const response_format = { type: "json_schema" as const, json_schema: { name: "a", schema } };
    const { message } = await ask(GPT_6, { messages: [user('"Rome"')], response_format });
    expect(JSON.parse(message.content ?? "")).toEqual({ city: "Rome" });
  });

  it("see an image", async () => {
    const image_url = { url: `data:image/png;base64,${RED_PNG}` };
    const { message } = await ask(GPT_6, {
      messages: [{ role: "user", content: [{ type: "image_url", image_url }] }],
    });
    expect(message.content).toMatch(/2.3/);
  });

  it("give likelihoods to those who ask, which no translation could", async () => {
    const { choice } = await ask(GPT_OSS, { logprobs: true, top_logprobs: 2 });
    const tokens = choice.logprobs?.content ?? [];
    expect(tokens.map(({ token }) => token).join("")).toBe(choice.message.content);
    expect(tokens[0]?.top_logprobs).toHaveLength(2);
    expect((await ask(GPT_OSS)).choice.logprobs).toBeNull();
    const chunks = await stream(GPT_OSS, { logprobs: true });
    expect(chunks.some(({ choices }) => choices[0]?.logprobs?.content?.length)).toBe(true);
  });
});

describe("reasoning in chat", () => {
  const reasoningOf = (message: object) => (message as { reasoning_content?: string }).reasoning_content;

  it("stands at the start of gpt-oss's content on the runtime", async () => {
    const { message } = await ask(GPT_OSS);
    expect(message.content).toMatch(/^<reasoning>The user wrote .+<\/reasoning>You said: hello/);
    expect(reasoningOf(message)).toBeUndefined();
    const chunks = await stream(GPT_OSS);
    expect(chunks[1]?.choices[0]?.delta.content).toBe("<reasoning>The");
  });

  it.each([
    ["openai.gpt-oss-120b", "/v1"],
    [KIMI, undefined],
  ])("stands in a field of its own for %s", async (model, base) => {
    const { message } = await ask(model, {}, base);
    expect(reasoningOf(message)).toMatch(/^The user wrote/);
    expect(message.content).toMatch(/^You said/);
  });

  it.each([GPT_6, GROK, GEMMA, "xai.grok-4.3"])("is counted and never shown by %s", async (model) => {
    const { message, completion } = await ask(model, { reasoning_effort: "high" });
    expect(reasoningOf(message)).toBeUndefined();
    expect(message.content).toMatch(/^You said/);
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
  });

  it("is left out when it is turned off", async () => {
    const { completion } = await ask(GPT_6, { reasoning_effort: "none" });
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBe(0);
  });
});

describe("refusals of native chat", () => {
  const image = (url: string) => ({
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
  });
  it.each([
    [
      GPT_6,
      { max_tokens: 5 },
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ],
    [GPT_6, { temperature: 1 }, "Unsupported parameter: 'temperature'"],
    [GPT_5_6, { top_p: 0.5 }, "Unsupported parameter: 'top_p'"],
    [GPT_6, { reasoning_effort: "minimal" }, "Invalid value: 'minimal'. Supported values are: 'none', 'low'"],
    [
      GPT_OSS,
      { reasoning_effort: "none" },
      "Invalid value: 'none'. Supported values are: 'low', 'medium', 'high'.",
    ],
    [GPT_5_6, { tools: [weatherTool] }, "/v1/responses or set reasoning_effort to none"],
    [GPT_OSS, { top_k: 5 }, "Unknown parameter: 'top_k'."],
    [GPT_OSS, { additionalModelRequestFields: {} }, "Unknown parameter: 'additionalModelRequestFields'."],
    [GPT_OSS, { requestMetadata: {} }, "Unknown parameter: 'requestMetadata'."],
    [GPT_OSS, { n: 2 }, "Invalid value: 'n' must be 1."],
    [GPT_6, image("https://example.com/a.png"), "Invalid image URL"],
    [GPT_OSS, image(`data:image/png;base64,${RED_PNG}`), "This model does not support image inputs."],
    [GPT_OSS, { messages: [] }, "messages must not be empty"],
    [GPT_OSS, { tools: [{ type: "web_search" }] }, "Invalid value for 'tools[].type'"],
    [GPT_OSS, { top_logprobs: 2 }, "'top_logprobs' may only be specified when 'logprobs' is true."],
    [GPT_OSS, { service_tier: "scale" }, "Invalid value: 'scale'."],
    [GPT_OSS, { max_completion_tokens: 0 }, "Invalid value: the token limit"],
  ])("%s %j", async (model, params, said) => {
    const { status, verdict } = await postNative(await emulator(), CHAT, { model, ...hello, ...params });
    expect(status).toBe(400);
    expect(verdict).toContain(said);
  });

  it.each([
    [GPT_6, { temperature: 1, top_p: 0.9, reasoning_effort: "none" }],
    [GPT_OSS, { max_tokens: 50, temperature: 1 }],
    [GPT_5_6, { tools: [weatherTool], reasoning_effort: "none" }],
    [GPT_OSS, { guardrailConfig: { guardrailIdentifier: "g" } }],
    [GPT_OSS, { temperature: null, stop: null }],
  ])("%s takes %j", async (model, params) => {
    const { verdict } = await postNative(await emulator(), CHAT, { model, ...hello, ...params });
    expect(verdict).toBe("accepted");
  });
});

describe("guardrails of native chat", () => {
  const guardrail = {
    "X-Amzn-Bedrock-GuardrailIdentifier": "gr123",
    "X-Amzn-Bedrock-GuardrailVersion": "1",
    "X-Amzn-Bedrock-Trace": "ENABLED",
  };
  const bad = { messages: [user("BLOCKED_BY_GUARDRAIL")] };

  it("block on the runtime", async () => {
    const answer = await postNative(await emulator(), CHAT, { model: GPT_OSS, ...bad }, guardrail);
    expect(answer.json()).toMatchObject({
      choices: [
        { finish_reason: "content_filter", message: { content: "Sorry, the guardrail blocked this." } },
      ],
      "amazon-bedrock-guardrailAction": "INTERVENED",
    });
    const streamed = await postNative(
      await emulator(),
      CHAT,
      { model: GPT_OSS, ...bad, stream: true },
      guardrail,
    );
    expect(streamed.text).toContain('"finish_reason":"content_filter"');
  });

  it("are forgotten in a body, and by mantle", async () => {
    const guardrailConfig = { guardrailIdentifier: "gr123", guardrailVersion: "1" };
    const inBody = await postNative(await emulator(), CHAT, { model: GPT_OSS, ...bad, guardrailConfig });
    const body = { model: "openai.gpt-6-sol", ...bad };
    const onMantle = await postNative(await emulator(), CHAT, body, {
      ...guardrail,
      ...signedFor("bedrock-mantle"),
    });
    for (const answer of [inBody, onMantle]) expect(answer.text).toContain("You said: BLOCKED_BY_GUARDRAIL");
  });
});
