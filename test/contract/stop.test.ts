import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import type { AnswerReply } from "../../src/testing/index.ts";
import { createBedrockFetch } from "../../integrations/openai.ts";
import { CLAUDE, eventually, GPT, type House, openHouse } from "../support/bedrock.ts";
import { callerLeft, drained, sent } from "../support/clients.ts";
import { use } from "../support/conversations.ts";
import { chatRequest } from "../support/requests.ts";
import { notesOf } from "./dialects.ts";

const GPT_OSS = "converse/openai.gpt-oss-120b-1:0";
/** By InvokeModel, each in the words of another dialect; none of them takes a stop sequence. */
const INVOKED = ["invoke/us.meta.llama3-3-70b-instruct-v1:0", "invoke/mistral.mistral-large-2402-v1:0"];

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const clientOf = (handler: BedrockOpenAIHandler): OpenAI =>
  new OpenAI({
    apiKey: "x",
    baseURL: "http://bedrock/v1",
    fetch: createBedrockFetch(handler),
    maxRetries: 0,
  });
const messages = [{ role: "user" as const, content: "Hi" }];
const SAID = "Thought: look\nObservation: made up";
const STOPS = { stop: ["\nObservation:", "nowhere"] };
const USAGE = { inputTokens: 5, outputTokens: 40, totalTokens: 45 };
const REPLY: AnswerReply = { content: [{ text: SAID }], usage: USAGE };
/** Nobody has read it to its end by accident. */
const SLOW: AnswerReply = { content: [{ text: `one two END${" more".repeat(2_000)}` }], delayMs: 5 };

type Chunks = OpenAI.ChatCompletionChunk[];
const textIn = (chunks: Chunks, index = 0): string =>
  chunks
    .flatMap(({ choices }) => choices.filter((choice) => choice.index === index))
    .map(({ delta }) => delta.content ?? "")
    .join("");
const finishesIn = (chunks: Chunks): unknown[] =>
  chunks.flatMap(({ choices }) => choices.flatMap(({ finish_reason: finish }) => finish ?? []));

describe.each([GPT, GPT_OSS, ...INVOKED])("%s, which takes no stop sequence,", (model) => {
  it("gives an answer that ends before it", async () => {
    house.bedrock.enqueue(REPLY);
    const client = clientOf(house.handler);
    const { data, response } = await client.chat.completions
      .create({ model, messages, ...STOPS })
      .withResponse();
    expect(data.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "Thought: look" } });
    expect(notesOf(response, "emulated")).toEqual(["stop"]);
    expect(JSON.stringify(sent(house))).not.toContain("Observation");
  });

  it("streams the same, torn into bytes, with usage of all that was written", async () => {
    house.bedrock.enqueue({ ...REPLY, splitBytes: 7 });
    const stream = await clientOf(house.handler).chat.completions.create({
      model,
      messages,
      ...STOPS,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await drained(stream);
    expect([textIn(chunks), finishesIn(chunks)]).toEqual(["Thought: look", ["stop"]]);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 40 } });
    expect(house.bedrock.requests.at(-1)!.aborted).toBe(false);
  });

  it("is not left to write what nobody reads", async () => {
    house.bedrock.enqueue(SLOW);
    const request = { model, messages, stop: "END", stream: true } as const;
    const chunks = await drained(await clientOf(house.handler).chat.completions.create(request));
    expect([textIn(chunks), finishesIn(chunks)]).toEqual(["one two ", ["stop"]]);
    await callerLeft(house);
  });
});

describe("stop sequences of our own", () => {
  it("end each of several choices by itself, and the others are read on", async () => {
    const other = { content: [{ text: "three four" }], delayMs: 20 };
    house.bedrock.enqueue(SLOW, other);
    const request = { model: GPT, messages, stop: "END", n: 2, stream: true } as const;
    const chunks = await drained(await clientOf(house.handler).chat.completions.create(request));
    expect([textIn(chunks), textIn(chunks, 1)].toSorted()).toEqual(["one two ", "three four"]);
    expect(finishesIn(chunks)).toEqual(["stop", "stop"]);
    await eventually(() => house.bedrock.requests.filter(({ aborted }) => aborted).length === 1);
    expect(house.logged).toEqual([]);
  });

  it("cut each of several whole choices, whose usage is the sum", async () => {
    house.bedrock.enqueue(REPLY, REPLY);
    const { choices, usage } = await clientOf(house.handler).chat.completions.create({
      model: GPT,
      messages,
      ...STOPS,
      n: 2,
    });
    expect(choices.map(({ message }) => message.content)).toEqual(["Thought: look", "Thought: look"]);
    expect(usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 80 });
  });

  it.each([false, true])("drop the calls after them (stream: %s)", async (stream) => {
    const tools = [{ type: "function" as const, function: { name: "f", parameters: { type: "object" } } }];
    house.bedrock.enqueue({ content: [{ text: "a END b" }, use("t1", "f")] });
    const request = { model: GPT, messages, tools, stop: "END" };
    const client = clientOf(house.handler);
    const { choices } = stream
      ? await client.chat.completions.stream(request).finalChatCompletion()
      : await client.chat.completions.create(request);
    expect(choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "a " } });
    expect(choices[0]!.message.tool_calls ?? []).toEqual([]);
  });

  it.each([false, true])("do not cut the prompt that a completion echoes (stream: %s)", async (stream) => {
    house.bedrock.enqueue({ content: [{ text: "a END b" }] });
    const request = { model: GPT, prompt: "Say END: ", echo: true, stop: "END" };
    const { completions } = clientOf(house.handler);
    const texts = stream
      ? (await drained(await completions.create({ ...request, stream }))).map(({ choices }) => choices[0]!)
      : (await completions.create({ ...request, stream })).choices;
    expect(texts.map(({ text }) => text).join("")).toBe("Say END: a ");
    expect(texts.at(-1)!.finish_reason).toBe("stop");
  });

  it("cut the JSON object that was found in what was said", async () => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ content: [{ text: 'END? No: {"a":"x","b":"END"} there.' }] });
      const response_format = { type: "json_object" as const };
      const request = { model: GPT, messages, response_format, stop: "END" };
      const { completions } = clientOf(house.handler).chat;
      const text = stream
        ? textIn(await drained(await completions.create({ ...request, stream })))
        : (await completions.create({ ...request, stream })).choices[0]!.message.content;
      expect(text).toBe('{"a":"x","b":"');
    }
  });

  it("lose nothing, and are not refused where losses are", async () => {
    house.bedrock.enqueue(REPLY);
    const strict = house.withOptions({ unsupported: "reject" });
    const { choices } = await clientOf(strict).chat.completions.create({ model: GPT, messages, ...STOPS });
    expect(choices[0]!.message.content).toBe("Thought: look");
  });

  it("take over where AWS refuses them, from then on", async () => {
    const field = "inferenceConfig.stopSequences";
    const message = `This model doesn't support the ${field} field. Remove ${field} and try again.`;
    house.bedrock.enqueue({ error: { name: "ValidationException", message } }, REPLY, REPLY);
    const client = clientOf(house.handler);
    for (const calls of [2, 3]) {
      const { choices } = await client.chat.completions.create({ model: CLAUDE, messages, ...STOPS });
      expect(choices[0]!.message.content).toBe("Thought: look");
      expect(house.bedrock.requests).toHaveLength(calls);
    }
  });

  it("are shown by an explanation", async () => {
    const request = chatRequest({ model: GPT, ...STOPS }, { headers: { "x-bedrock-explain": "1" } });
    const explained = await (await house.handler(request)).text();
    expect(explained).toContain("the answer is cut at them");
    expect(explained).not.toContain("Observation");
  });

  it("are noted as dropped beside a schema, whose JSON stays whole", async () => {
    const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    const response_format = { type: "json_schema", json_schema: { name: "out", schema } };
    house.bedrock.enqueue({ content: [{ text: '{"a":"END"}' }] });
    const response = await house.handler(chatRequest({ model: GPT_OSS, response_format, stop: "END" }));
    expect(notesOf(response, "dropped")).toEqual(["stop"]);
    const { choices } = (await response.json()) as OpenAI.ChatCompletion;
    expect(choices[0]!.message.content).toBe('{"a":"END"}');
  });

  it("wait for what a guardrail did, also after them", async () => {
    house.bedrock.enqueue({ content: [{ text: "No. END" }], stopReason: "guardrail_intervened" });
    const guardrailConfig = { guardrailIdentifier: "abc", guardrailVersion: "1" };
    const response = await house.handler(
      chatRequest({ model: GPT, guardrailConfig, stop: "END", stream: true }),
    );
    expect(await response.text()).toContain('"finish_reason":"content_filter"');
  });
});
