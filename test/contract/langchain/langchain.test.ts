import { inspect } from "node:util";
import { InMemoryCache } from "@langchain/core/caches";
import { load } from "@langchain/core/load";
import {
  AIMessage,
  HumanMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  trimMessages,
} from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatBedrockOpenAI } from "../../../integrations/langchain.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { drained, REASONED, sent, TWO_CALLS } from "../../support/clients.ts";
import { chat } from "./ways.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

describe("LangChain's machinery", () => {
  const chain = () =>
    ChatPromptTemplate.fromMessages([["human", "Tell me of {topic}"]])
      .pipe(chat(house))
      .pipe(new StringOutputParser());

  it("pipes prompts into the model and its words into parsers, whole and streamed", async () => {
    expect(await chain().invoke({ topic: "tea" })).toContain("Tell me of tea");
    const pieces = await drained(await chain().stream({ topic: "tea" }));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join("")).toContain("Tell me of tea");
  });

  it("runs batches in their order", async () => {
    const answers = await chat(house).batch(["one", "two", "three"]);
    expect(answers.map(({ text }) => text.split("\n")[0])).toEqual([
      "You said: one",
      "You said: two",
      "You said: three",
    ]);
  });

  it("sums the usage of several prompts", async () => {
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
    house.bedrock.enqueue({ content: [{ text: "a" }], usage }, { content: [{ text: "b" }], usage });
    const { llmOutput } = await chat(house).generate([[new HumanMessage("1")], [new HumanMessage("2")]]);
    expect(llmOutput).toEqual({ tokenUsage: { promptTokens: 2, completionTokens: 4, totalTokens: 6 } });
  });

  it("hears every token of streams, of `streaming` models, and of streamLog", async () => {
    const heard: string[] = [];
    const callbacks = [{ handleLLMNewToken: (token: string) => void heard.push(token) }];
    await drained(await chat(house, { callbacks }).stream("Hello"));
    const streamed = heard.splice(0).join("");
    expect(streamed).toContain("You said: Hello");
    await chat(house, { streaming: true }).invoke("Hello", { callbacks });
    expect(heard.join("")).toBe(streamed);
    const patches = await drained(chain().streamLog({ topic: "tea" }));
    expect(JSON.stringify(patches)).toContain("streamed_output_str");
  });

  it("tells events of version 2, token by token", async () => {
    const events = await drained(chain().streamEvents({ topic: "tea" }, { version: "v2" }));
    const tokens = events.filter(({ event }) => event === "on_chat_model_stream");
    expect(tokens.length).toBeGreaterThan(3);
    const end = events.find(({ event }) => event === "on_chat_model_end");
    expect((end!.data.output as AIMessage).content).toContain("Tell me of tea");
    expect(end!.data.output).toHaveProperty("usage_metadata.total_tokens", expect.any(Number));
  });

  it("tells events of content blocks, each under its own index", async () => {
    house.bedrock.enqueue({ content: [...REASONED.content!, ...TWO_CALLS.content!.slice(1)] }, TWO_CALLS);
    const events = await drained(chat(house).streamEvents("Hello"));
    expect(events.filter(({ event }) => event === "content-block-finish")).toEqual([
      {
        event: "content-block-finish",
        index: 0,
        content: { type: "reasoning", reasoning: "Two and two, let me see.", signature: "c2lnbmVk" },
      },
      { event: "content-block-finish", index: 1, content: { type: "text", text: "Four." } },
      {
        event: "content-block-finish",
        index: 2,
        content: { type: "tool_call", id: "tooluse_a", name: "get_weather", args: { city: "Oslo" } },
      },
      {
        event: "content-block-finish",
        index: 3,
        content: { type: "tool_call", id: "tooluse_b", name: "get_time", args: {} },
      },
    ]);
    expect(events.at(-1)).toMatchObject({
      event: "message-finish",
      reason: "tool_use",
      responseMetadata: { model: CLAUDE },
    });
    const message = await chat(house).streamEvents("Hello");
    expect(message.text).toBe("Let me look.");
    expect(message.tool_calls).toHaveLength(2);
    expect(message).toHaveProperty("usage_metadata.output_tokens", expect.any(Number));
  });

  it("asks AWS once for what its cache knows", async () => {
    const model = chat(house, { cache: new InMemoryCache() });
    const first = await model.invoke("Hello");
    expect((await model.invoke("Hello")).content).toBe(first.content);
    expect(house.bedrock.requests).toHaveLength(1);
    await chat(house, { cache: model.cache!, temperature: 0.5 }).invoke("Hello");
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("keeps messages over a store, thoughts and usage included", async () => {
    house.bedrock.enqueue(REASONED);
    const answer = await chat(house).invoke("Hello");
    const [stored] = mapStoredMessagesToChatMessages(
      JSON.parse(JSON.stringify(mapChatMessagesToStoredMessages([answer]))),
    );
    const loaded = await load<AIMessage>(JSON.stringify(answer));
    for (const kept of [stored as AIMessage, loaded]) {
      expect(kept.contentBlocks).toEqual(answer.contentBlocks);
      expect(kept).toHaveProperty("usage_metadata", (answer as { usage_metadata?: unknown }).usage_metadata);
    }
  });
});

describe("a call", () => {
  it("sends the model's parameters, the call's before them", async () => {
    const model = chat(house, {
      model: NOVA,
      temperature: 0.2,
      topP: 0.9,
      maxTokens: 100,
      stop: ["END"],
      modelKwargs: { top_k: 5, guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" } },
    });
    await model.invoke("Hello");
    expect(sent(house)).toMatchObject({
      inferenceConfig: { temperature: 0.2, topP: 0.9, maxTokens: 100, stopSequences: ["END"] },
      additionalModelRequestFields: { inferenceConfig: { topK: 5 } },
      guardrailConfig: { guardrailIdentifier: "g" },
    });
    await model.invoke("Hello", { stop: ["STOP"], temperature: 0, modelKwargs: { top_k: 7 } });
    expect(sent(house)).toMatchObject({
      inferenceConfig: { temperature: 0, topP: 0.9, stopSequences: ["STOP"] },
      additionalModelRequestFields: { inferenceConfig: { topK: 7 } },
    });
  });

  it("is traced under the names that LangSmith knows", async () => {
    const model = chat(house, { temperature: 0.2, maxTokens: 100, stop: ["END"] });
    const { metadata } = await new Promise<{ metadata: Record<string, unknown> }>((resolve, reject) => {
      const handleChatModelStart = (...[, , , , , , told]: unknown[]) =>
        resolve({ metadata: told as Record<string, unknown> });
      model.invoke("Hello", { callbacks: [{ handleChatModelStart }] }).catch(reject);
    });
    expect(metadata).toMatchObject({
      ls_provider: "amazon_bedrock",
      ls_model_name: CLAUDE,
      ls_model_type: "chat",
      ls_temperature: 0.2,
      ls_max_tokens: 100,
      ls_stop: ["END"],
    });
  });

  it("counts tokens by AWS, not by a tokenizer from the network", async () => {
    expect(await chat(house).getNumTokens("one two three")).toBeGreaterThan(0);
    expect(house.bedrock.requests.at(-1)!.path).toContain("/count-tokens");
  });

  it("counts what histories hold, empty messages and tool calls too, so that they can be trimmed", async () => {
    const content = [
      { type: "reasoning", reasoning: "Hm." },
      { type: "tool_use", id: "call_1", name: "f", input: {} },
      { type: "text", text: "" },
    ];
    const calling = new AIMessage({ content: "", tool_calls: [{ id: "call_1", name: "f", args: {} }] });
    const history = [new HumanMessage("one"), calling, new AIMessage({ content }), new HumanMessage("two")];
    const options = { maxTokens: 10_000, tokenCounter: chat(house) };
    expect(await trimMessages(history, options)).toHaveLength(4);
    expect(await chat(house).getNumTokens("")).toBe(0);
    expect(await chat(house).getNumTokens(content)).toBeGreaterThan(0);
  });
});

describe("the class", () => {
  const SECRET = "do-not-tell";
  const secretive = () =>
    new ChatBedrockOpenAI({
      model: CLAUDE,
      temperature: 0.2,
      region: "us-east-1",
      apiKey: SECRET,
      credentials: { accessKeyId: SECRET, secretAccessKey: SECRET, sessionToken: SECRET },
      headers: { "x-team-key": SECRET },
      apiKeys: [SECRET],
    });

  it("is serialised under its name, without secrets", () => {
    const model = secretive();
    expect(model.toJSON()).toMatchObject({
      type: "constructor",
      id: ["langchain", "chat_models", "bedrock-openai", "ChatBedrockOpenAI"],
      kwargs: { model: CLAUDE, temperature: 0.2 },
    });
    const told = [
      JSON.stringify(model),
      JSON.stringify(model.bindTools([])),
      JSON.stringify(model.lc_kwargs),
      JSON.stringify(model._identifyingParams()),
      inspect(model, { depth: 10 }),
    ];
    expect(told.join()).not.toContain(SECRET);
  });

  it("refuses what makes no sense, before any call", () => {
    const { handler } = house;
    expect(() => new ChatBedrockOpenAI({} as never)).toThrow(/'model' is missing/);
    expect(() => new ChatBedrockOpenAI({ model: CLAUDE, presencePenalty: 1 } as never)).toThrow(
      /no field 'presencePenalty'.*'modelKwargs'/,
    );
    expect(() => new ChatBedrockOpenAI({ model: CLAUDE, region: "nowhere" })).toThrow(/AWS Region/);
    expect(() => new ChatBedrockOpenAI({ model: CLAUDE, handler, region: "us-east-1" })).toThrow(
      /'region' must be given to the handler/,
    );
    expect(() => new ChatBedrockOpenAI({ model: CLAUDE, handler, maxRetries: 3 })).toThrow(
      /'maxRetries' must be given/,
    );
    expect(() => new ChatBedrockOpenAI({ model: CLAUDE, retries: 1, maxRetries: 3 })).toThrow(/the same/);
  });
});
