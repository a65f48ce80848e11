import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { createBedrockFetch } from "../../../integrations/openai.ts";
import type { ThinkingBlock } from "../../../src/openai/chat-response.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { accessTo, drained, lastTurn, PDF, sent } from "../../support/clients.ts";
import { schemaCheckedFetch } from "../../support/openai-schema.ts";
import { LOCAL, serve } from "../../unit/media/media-server.ts";

/** Every chat example of LiteLLM's page on Bedrock, as a user of OpenAI's own client writes it. */

type Body = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** A completion with what LiteLLM and Bedrock add to it. */
type Completion = OpenAI.ChatCompletion & {
  choices: { message: { reasoning_content?: string; thinking_blocks?: ThinkingBlock[] } }[];
  trace?: object;
};

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

/** Parameters that OpenAI's types do not know go into the body as they are, as all of its clients let them. */
const complete = async (body: object): Promise<Completion> =>
  (await client.chat.completions.create(body as Body)) as Completion;

const user = (content: unknown) => ({ role: "user", content }) as OpenAI.ChatCompletionUserMessageParam;
const says = (role: "user" | "assistant", text: string) => ({ role, content: [{ text }] });

const HELLO = [user("Hello, how are you?")];
const HELLO_SENT = [says("user", "Hello, how are you?")];
const CAPITAL = [user("What is the capital of France?")];
const SONNET = "bedrock/anthropic.claude-3-sonnet-20240229-v1:0";

describe("usage", () => {
  it("answers from the model that is named behind bedrock/, by its Bedrock id", async () => {
    const completion = await complete({ model: SONNET, messages: HELLO });
    expect(sent(house)).toEqual({ messages: HELLO_SENT });
    expect(house.bedrock.requests[0]!.modelId).toBe("anthropic.claude-3-sonnet-20240229-v1:0");
    expect(completion).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      object: "chat.completion",
      model: "anthropic.claude-3-sonnet-20240229-v1:0",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant" } }],
    });
    expect(completion.choices[0]!.message.content).toContain("Hello, how are you?");
    expect(completion.usage!.total_tokens).toBeGreaterThan(completion.usage!.prompt_tokens);
  });

  const config = { latency: "optimized" };
  const system = "You are a snarky assistant.";
  const cooking = [{ role: "system", content: system }, user("How do I boil water?")];
  const HAIKU = { model: "bedrock/us.anthropic.claude-3-haiku-20240307-v1:0", temperature: 0.1 };
  const NEWER = "bedrock/anthropic.claude-3-7-sonnet-20250219-v1:0";

  it.each<[string, object, object]>([
    ["sampling", { temperature: 0.7, top_p: 1 }, { inferenceConfig: { temperature: 0.7, topP: 1 } }],
    ["the provider's own top_k", { top_k: 1 }, { additionalModelRequestFields: { top_k: 1 } }],
    ["a limit", { ...HAIKU, max_tokens: 10 }, { inferenceConfig: { maxTokens: 10, temperature: 0.1 } }],
    ["latency", { model: NEWER, performanceConfig: config }, { performanceConfig: config }],
    [
      "a system message",
      { model: "bedrock/anthropic.claude-v2:1", messages: cooking },
      { system: [{ text: system }], messages: [says("user", "How do I boil water?")] },
    ],
  ])("passes %s on", async (_, parameters, expected) => {
    const body = { model: SONNET, messages: HELLO, ...parameters };
    const completion = await complete(body);
    expect(sent(house, 0)).toEqual({ messages: HELLO_SENT, ...expected });
    expect(`bedrock/${completion.model}`).toBe(body.model);
  });

  it("streams", async () => {
    const model = "bedrock/anthropic.claude-instant-v1";
    const chunks = await drained(
      await client.chat.completions.create({ model, messages: HELLO, stream: true }),
    );
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toContain("Hello, how");
    expect(chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? [])).toEqual(["stop"]);
    expect(new Set(chunks.map((chunk) => chunk.model))).toEqual(new Set(["anthropic.claude-instant-v1"]));
    expect(house.bedrock.requests[0]!.operation).toBe("ConverseStream");
  });

  it("takes the route bedrock/converse/", async () => {
    const completion = await complete({ model: "bedrock/converse/us.amazon.nova-pro-v1:0", messages: HELLO });
    expect(house.bedrock.requests[0]!.path).toMatch(/^\/model\/us\.amazon\.nova-pro-v1(:|%3A)0\/converse$/);
    expect(completion.model).toBe("us.amazon.nova-pro-v1:0");
  });

  it("takes the ARN of an application inference profile behind bedrock/", async () => {
    const arn = "arn:aws:bedrock:eu-central-1:000000000000:application-inference-profile/a0a0a0a0a0a0";
    const completion = await complete({ model: `bedrock/${arn}`, messages: HELLO });
    expect([house.bedrock.requests[0]!.modelId, completion.model]).toEqual([arn, arn]);
  });
});

describe("function calling", () => {
  const location = { type: "string", description: "The city and state, e.g. San Francisco, CA" };
  const unit = { type: "string", enum: ["celsius", "fahrenheit"] };
  const name = "get_current_weather";
  const description = "Get the current weather in a given location";
  const parameters = { type: "object", properties: { location, unit }, required: ["location"] };

  it("gives back a call whose name and arguments are texts", async () => {
    const messages = [user("What's the weather like in Boston today?")];
    const tools = [{ type: "function", function: { name, description, parameters } }];
    const completion = await complete({ model: SONNET, messages, tools, tool_choice: "auto" });
    expect(sent(house).toolConfig).toEqual({
      tools: [{ toolSpec: { name, description, inputSchema: { json: parameters } } }],
      toolChoice: { auto: {} },
    });
    const [{ finish_reason, message }] = completion.choices as [Completion["choices"][0]];
    const [call] = message.tool_calls!;
    expect([finish_reason, call]).toMatchObject(["tool_calls", { type: "function", function: { name } }]);
    expect(call!.type === "function" && JSON.parse(call!.function.arguments)).toHaveProperty("location");
  });
});

describe("vision", () => {
  // As much of a JPEG of one pixel as is read.
  const HEX = "ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9";
  const JPEG = Buffer.from(HEX, "hex").toString("base64");

  it("sends a base64 image as it is", async () => {
    const image = { type: "image_url", image_url: { url: `data:image/jpeg;base64,${JPEG}` } };
    const messages = [user([{ type: "text", text: "Whats in this image?" }, image])];
    const completion = await complete({ model: SONNET, messages });
    expect(lastTurn(house)).toEqual([
      { text: "Whats in this image?" },
      { image: { format: "jpeg", source: { bytes: JPEG } } },
    ]);
    expect(completion.choices[0]!.message.content).toMatch(/jpeg/i);
  });
});

describe("thinking", () => {
  const model = "bedrock/us.anthropic.claude-3-7-sonnet-20250219-v1:0";
  const thinking = { type: "enabled", budget_tokens: 1024 };

  it.each([{ reasoning_effort: "low" }, { thinking }])("asked for by %j comes back signed", async (asked) => {
    const completion = await complete({ model, messages: CAPITAL, ...asked });
    expect(sent(house).additionalModelRequestFields).toEqual({ thinking });
    const { content, reasoning_content: text, thinking_blocks: blocks } = completion.choices[0]!.message;
    expect(text).toContain("What is the capital of France?");
    expect(blocks).toEqual([
      { type: "thinking", thinking: text, signature: expect.stringMatching(/^[\w+/=]+$/) },
    ]);
    expect(content).toContain("capital of France");
    expect(completion.model).toBe("us.anthropic.claude-3-7-sonnet-20250219-v1:0");
  });

  it("comes back in the deltas of a stream too", async () => {
    const body = { model, messages: CAPITAL, reasoning_effort: "low" as const, stream: true as const };
    const chunks = await drained(await client.chat.completions.create(body));
    const deltas = chunks.map(
      ({ choices }) => (choices[0]?.delta ?? {}) as Completion["choices"][0]["message"],
    );
    const text = deltas.map((delta) => delta.reasoning_content ?? "").join("");
    expect(text).toContain("What is the capital of France?");
    expect(deltas.flatMap((delta) => delta.thinking_blocks ?? [])).toEqual([
      { type: "thinking", thinking: text, signature: expect.any(String) },
    ]);
  });
});

describe("structured output", () => {
  const CalendarEvent = z.object({ name: z.string(), date: z.string(), participants: z.array(z.string()) });
  const EventsList = z.object({ events: z.array(CalendarEvent) });

  it("is what the caller's schema says", async () => {
    const { choices } = await client.chat.completions.parse({
      model: "bedrock/anthropic.claude-3-7-sonnet-20250219-v1:0",
      response_format: zodResponseFormat(EventsList, "EventsList"),
      messages: [
        { role: "system", content: "You are a helpful assistant designed to output JSON." },
        user("Who won the world series in 2020?"),
      ],
    });
    expect(sent(house).toolConfig?.toolChoice).toEqual({ tool: { name: "EventsList" } });
    const { content, parsed, tool_calls } = choices[0]!.message;
    expect(EventsList.parse(parsed)).toEqual(JSON.parse(content!));
    expect([choices[0]!.finish_reason, tool_calls ?? []]).toEqual(["stop", []]);
  });
});

describe("guardrails", () => {
  const model = "anthropic.claude-v2";
  const guardrail = { guardrailIdentifier: "ff6ujrregl1q", guardrailVersion: "DRAFT" };

  it("are passed on, trace and all", async () => {
    const guardrailConfig = { ...guardrail, trace: "disabled" };
    const messages = [user("where do i buy coffee from? ")];
    const completion = await complete({ model, messages, max_tokens: 10, guardrailConfig });
    expect(sent(house)).toMatchObject({ guardrailConfig, inferenceConfig: { maxTokens: 10 } });
    expect(completion).not.toHaveProperty("trace");
  });

  it("tell what they found where the trace is enabled", async () => {
    const guardrailConfig = { ...guardrail, trace: "enabled" };
    const completion = await complete({ model, messages: [user("BLOCKED_BY_GUARDRAIL")], guardrailConfig });
    expect(completion.choices[0]!.finish_reason).toBe("content_filter");
    expect(completion.trace).toMatchObject({ guardrail: { inputAssessment: { ff6ujrregl1q: {} } } });
  });
});

describe("who speaks when", () => {
  it("lets the model go on from the assistant's words, which its answer leaves out", async () => {
    const question = `How do you say 'Hello' in German? Return your answer as a JSON object, like this:\n\n{ "Hello": "Hallo" }`;
    const messages = [user(question), { role: "assistant", content: "{" }];
    const completion = await complete({ model: "bedrock/anthropic.claude-v2", messages });
    expect(sent(house)).toEqual({ messages: [says("user", question), says("assistant", "{")] });
    expect(JSON.parse(`{${completion.choices[0]!.message.content}`)).toEqual(expect.any(Object));
  });

  const greeting = says("assistant", "Hey, how's it going?");
  const given = { role: "user", content: "Please continue" };
  const ours = says("user", "Please continue.");

  it.each([
    ["user_continue_message", { user_continue_message: given }, [says("user", given.content), greeting]],
    ["words of its own", {}, [ours, greeting]],
    ["words of its own, whatever modify_params says,", { modify_params: true }, [ours, greeting]],
  ])("puts %s where the first user turn is missing", async (_, parameters, turns) => {
    const messages = [{ role: "assistant", content: "Hey, how's it going?" }];
    await complete({ model: "bedrock/anthropic.claude-instant-v1", messages, ...parameters });
    expect(sent(house).messages.slice(0, 2)).toEqual(turns);
    // Only words that the caller gave stand at the end too; otherwise the model goes on from its own.
    expect(sent(house).messages.slice(2)).toEqual(turns[0] === ours ? [] : [turns[0]]);
  });
});

describe("documents", () => {
  const model = "bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0";
  const dataUrl = `data:application/pdf;base64,${PDF}`;
  const about = (part: object) => [user([{ type: "text", text: "What's this file about?" }, part])];

  it.each([
    ["file_data", { type: "file", file: { file_data: dataUrl } }],
    ["a plain image_url", { type: "image_url", image_url: dataUrl }],
    ["an image_url with a url", { type: "image_url", image_url: { url: dataUrl } }],
  ])("are read from %s", async (_, part) => {
    await complete({ model, messages: about(part) });
    expect(lastTurn(house)).toEqual([
      { text: "What's this file about?" },
      { document: { format: "pdf", name: "document", source: { bytes: PDF } } },
    ]);
  });

  it("are downloaded from where they lie", async () => {
    const { url } = await serve((_, response) => void response.end(Buffer.from(PDF, "base64")));
    const reader = createBedrockFetch(house.withOptions({ media: LOCAL }));
    const { chat } = client.withOptions({ fetch: reader });
    const address = url("/WAI/ER/tests/xhtml/testfiles/resources/pdf/dummy.pdf");
    await chat.completions.create({
      model,
      messages: about({ type: "image_url", image_url: { url: address } }),
    });
    expect(lastTurn(house)[1]!.document).toEqual({ format: "pdf", name: "document", source: { bytes: PDF } });
  });

  it.each(["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"])("may be %s", async (format) => {
    const text = `data:;base64,${Buffer.from("a,b\n1,2\n").toString("base64")}`;
    const file = { file_data: format === "pdf" ? dataUrl : text, filename: `report.${format}` };
    await complete({ model, messages: about({ type: "file", file }) });
    expect(lastTurn(house)[1]!.document).toMatchObject({ format, name: "report" });
  });
});

describe("supported models", () => {
  const MODELS = `
    us.deepseek.r1-v1:0 anthropic.claude-3-5-sonnet-20240620-v1:0 anthropic.claude-3-sonnet-20240229-v1:0
    anthropic.claude-3-haiku-20240307-v1:0 anthropic.claude-3-opus-20240229-v1:0 anthropic.claude-v2:1
    anthropic.claude-v2 anthropic.claude-instant-v1 meta.llama3-1-405b-instruct-v1:0
    meta.llama3-1-70b-instruct-v1:0 meta.llama3-1-8b-instruct-v1:0 meta.llama3-70b-instruct-v1:0
    meta.llama3-8b-instruct-v1:0 amazon.titan-text-lite-v1 amazon.titan-text-express-v1 cohere.command-text-v14
    ai21.j2-mid-v1 ai21.j2-ultra-v1 ai21.jamba-instruct-v1:0 meta.llama2-13b-chat-v1 meta.llama2-70b-chat-v1
    mistral.mistral-7b-instruct-v0:2 mistral.mixtral-8x7b-instruct-v0:1`;

  it.each(MODELS.trim().split(/\s+/))("answer as bedrock/%s", async (model) => {
    const completion = await complete({ model: `bedrock/${model}`, messages: HELLO });
    expect(completion.model).toBe(model);
    expect(completion.choices[0]!.message.content).toContain("Hello, how are you?");
  });
});
