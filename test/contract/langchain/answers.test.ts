import { AIMessage, AIMessageChunk, HumanMessage } from "@langchain/core/messages";
import type { ChatGeneration } from "@langchain/core/outputs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usageOf } from "../../../integrations/langchain/usage.ts";
import { CLAUDE, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../../support/bedrock.ts";
import { drained, REASONED, TWO_CALLS } from "../../support/clients.ts";
import { chat, folded, WAYS } from "./ways.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

/** It speaks OpenAI's protocol at AWS too. */
const NATIVE = "us.openai.gpt-6-sol";
const HELLO = [new HumanMessage("Hello")];

describe.each(WAYS)("an answer by %s", (_, ask) => {
  it.each([CLAUDE, NOVA, LLAMA, MISTRAL, "bedrock/us.amazon.nova-pro-v1:0"])(
    "comes from %s",
    async (model) => {
      const answer = await ask(chat(house, { model }), HELLO);
      expect(AIMessage.isInstance(answer)).toBe(true);
      expect(answer.content).toContain("You said: Hello");
      expect(answer.text).toBe(answer.content);
    },
  );

  it("tells how it ended and what it cost, once", async () => {
    const usage = {
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      cacheReadInputTokens: 100,
      cacheWriteInputTokens: 7,
    };
    house.bedrock.enqueue({ content: [{ text: "one two three" }], usage, stopReason: "max_tokens" });
    const answer = await ask(chat(house), HELLO);
    expect(answer.content).toBe("one two three");
    expect(answer).toHaveProperty("usage_metadata", {
      input_tokens: 117,
      output_tokens: 5,
      total_tokens: 122,
      input_token_details: { cache_read: 100, cache_creation: 7 },
      output_token_details: {},
    });
    expect(answer.response_metadata["finish_reason"]).toBe("length");
  });

  it("names the model that answered, the request, and what was done on the caller's behalf", async () => {
    const model = chat(house, {
      handler: house.withOptions({ models: { fast: CLAUDE } }),
      model: "fast",
      modelKwargs: { seed: 7 },
    });
    const answer = await ask(model, HELLO);
    expect(answer.response_metadata).toMatchObject({
      model: CLAUDE,
      model_name: CLAUDE,
      model_provider: "bedrock-openai",
      request_id: expect.stringMatching(/^req_[0-9a-f]{32}$/) as unknown,
      adjustments: [{ param: "seed", action: "dropped", reason: expect.any(String) as unknown }],
    });
  });

  it.each(["invoke", "stream"])(
    "names who answered when the model that was asked for could not: %s",
    async (how) => {
      house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow down" } });
      const handler = house.withOptions({ models: { fast: { model: NOVA, fallbacks: [CLAUDE] } } });
      const model = chat(house, { handler, model: "fast", streaming: how === "stream" });
      const answer = await ask(model, HELLO);
      expect(answer.response_metadata).toMatchObject({
        target: `us-east-1/${CLAUDE}`,
        adjustments: [
          { param: "model", action: "renamed", reason: expect.stringContaining("'fast'") as unknown },
        ],
      });
    },
  );

  it("keeps thoughts beside the words, with their proof", async () => {
    house.bedrock.enqueue(REASONED);
    const answer = await ask(chat(house), HELLO);
    expect(answer.content).toBe("Four.");
    expect(answer.additional_kwargs).toEqual({
      reasoning_content: "Two and two, let me see.",
      thinking_blocks: [{ type: "thinking", thinking: "Two and two, let me see.", signature: "c2lnbmVk" }],
    });
    expect(answer.contentBlocks).toEqual([
      { type: "reasoning", reasoning: "Two and two, let me see.", signature: "c2lnbmVk" },
      { type: "text", text: "Four." },
    ]);
  });

  it("is made of content blocks where version 1 is asked for", async () => {
    house.bedrock.enqueue(REASONED, TWO_CALLS);
    const model = chat(house, { outputVersion: "v1" });
    const thought = await ask(model, HELLO);
    expect(thought.content).toMatchObject([
      { type: "reasoning", reasoning: "Two and two, let me see.", signature: "c2lnbmVk" },
      { type: "text", text: "Four." },
    ]);
    expect(thought.additional_kwargs).toEqual({});
    const calling = await ask(model, HELLO);
    expect(calling.text).toBe("Let me look.");
    expect(calling.tool_calls).toMatchObject([
      { id: "tooluse_a", name: "get_weather", args: { city: "Oslo" } },
      { id: "tooluse_b", name: "get_time", args: {} },
    ]);
  });

  it("cites documents where they are cited", async () => {
    const citation = {
      title: "handbook",
      location: { documentChar: { documentIndex: 0, start: 0, end: 4 } },
      sourceContent: [{ text: "cool" }],
    };
    house.bedrock.enqueue({
      content: [{ citationsContent: { content: [{ text: "Let it cool." }], citations: [citation] } }],
    });
    const answer = await ask(chat(house), HELLO);
    expect(answer.content).toBe("Let it cool.");
    expect(answer.response_metadata["annotations"]).toMatchObject([
      { type: "url_citation", url_citation: { title: "handbook", start_index: 0, end_index: 12 } },
    ]);
    expect(answer.contentBlocks).toMatchObject([
      {
        type: "text",
        text: "Let it cool.",
        annotations: [{ type: "citation", title: "handbook", endIndex: 12 }],
      },
    ]);
  });

  it("of a model that repeats what stands beside it in every chunk tells that once", async () => {
    const answer = await ask(chat(house, { model: NATIVE, modelKwargs: { logprobs: true } }), HELLO);
    expect(answer.response_metadata).toMatchObject({ model: NATIVE, service_tier: "default" });
    const { content } = answer.response_metadata["logprobs"] as { content: { token: string }[] };
    expect(content.map(({ token }) => token).join("")).toBe(answer.content);
  });

  it("counts thoughts that the model counts", async () => {
    const usage = { inputTokens: 1, outputTokens: 9, totalTokens: 10, reasoningTokens: 6 };
    house.bedrock.enqueue({ content: [{ text: "Four." }], usage });
    const answer = await ask(chat(house), HELLO);
    expect(answer).toHaveProperty("usage_metadata.output_token_details", { reasoning: 6 });
  });
});

describe("a stream", () => {
  it("of a native model has no more pieces than its chunks have words", async () => {
    const chunks = await drained(await chat(house, { model: NATIVE }).stream(HELLO));
    const empty = chunks.filter(({ text }) => text === "");
    expect(empty.length).toBeLessThanOrEqual(3);
    expect(empty).toContain(chunks.at(-1));
  });

  it("of several choices is that of the first, not a jumble of all", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two" }] }, { content: [{ text: "eins zwei" }] });
    const answer = await folded(await chat(house, { modelKwargs: { n: 2 } }).stream(HELLO));
    expect(answer.content).toBe("one two");
    expect(answer.response_metadata).toMatchObject({ model: CLAUDE, finish_reason: "stop" });
    expect(answer).toHaveProperty("usage_metadata.output_tokens", expect.any(Number));
  });

  it("comes in pieces that are AIMessageChunks of one id", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two three four" }] });
    const chunks = await drained(await chat(house).stream(HELLO));
    expect(chunks.filter(({ content }) => content !== "").length).toBeGreaterThan(2);
    expect(chunks.every((chunk) => chunk instanceof AIMessageChunk)).toBe(true);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it("has usage in one chunk alone, and none where it is not wanted", async () => {
    const counted = (chunks: AIMessageChunk[]) => chunks.filter((chunk) => usageOf(chunk) !== undefined);
    expect(counted(await drained(await chat(house).stream(HELLO)))).toHaveLength(1);
    expect(counted(await drained(await chat(house, { streamUsage: false }).stream(HELLO)))).toEqual([]);
  });

  it("tells id and name of a call in its first fragment only", async () => {
    house.bedrock.enqueue(TWO_CALLS);
    const chunks = (await drained(await chat(house).stream(HELLO))).flatMap(
      (chunk) => chunk.tool_call_chunks ?? [],
    );
    expect(chunks.filter(({ id }) => id !== undefined)).toMatchObject([
      { index: 0, id: "tooluse_a", name: "get_weather", args: "" },
      { index: 1, id: "tooluse_b", name: "get_time", args: "" },
    ]);
    expect(chunks.filter(({ name }) => name !== undefined)).toHaveLength(2);
    const argsOf = (call: number) => chunks.filter(({ index }) => index === call).map(({ args }) => args);
    expect(argsOf(0).join("")).toBe('{"city":"Oslo"}');
    expect(argsOf(1).join("")).toBe("{}");
  });

  it("of several choices counts them once, and `streaming` keeps them apart", async () => {
    house.bedrock.enqueue({ content: [{ text: "one" }] }, { content: [{ text: "two" }] });
    const model = chat(house, { streaming: true, modelKwargs: { n: 2 } });
    const { generations } = await model.generate([HELLO]);
    expect(generations[0]!.map(({ text }) => text).toSorted()).toEqual(["one", "two"]);
    const messages = generations[0]!.map((each) => (each as ChatGeneration).message);
    expect(messages.filter((message) => usageOf(message) !== undefined)).toHaveLength(1);
  });

  it("of content blocks tells each by its own index", async () => {
    house.bedrock.enqueue({ ...REASONED, content: [...REASONED.content!, TWO_CALLS.content![1]!] });
    const answer = await folded(await chat(house).stream(HELLO, { outputVersion: "v1" }));
    expect(answer.content).toMatchObject([
      { type: "reasoning", index: 0, signature: "c2lnbmVk" },
      { type: "text", index: 1, text: "Four." },
      { type: "tool_call_chunk", index: 2, args: '{"city":"Oslo"}' },
    ]);
  });
});
