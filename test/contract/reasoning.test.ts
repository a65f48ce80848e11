import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const thinking = {
  additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
  max_tokens: 2048,
};

interface Completion {
  choices: { message: { content: string; reasoning_content: string; reasoning: string } }[];
  usage: object;
}

describe("a model that reasons", () => {
  it("is heard under both names in use, whole and streamed alike", async () => {
    const whole = (await (
      await house.handler(chatRequest({ model: CLAUDE, ...thinking }))
    ).json()) as Completion;
    const { message } = whole.choices[0]!;
    expect(message.reasoning_content).not.toBe("");
    expect(message.reasoning).toBe(message.reasoning_content);

    const streamed = await house.handler(chatRequest({ model: CLAUDE, stream: true, ...thinking }));
    const deltas = chunksOf(await streamed.text()).chunks.map((chunk) => chunk.choices[0]!.delta);
    expect(deltas.map((delta) => delta.reasoning_content ?? "").join("")).toBe(message.reasoning_content);
    expect(deltas.map((delta) => delta.content ?? "").join("")).toBe(message.content);
  });
});

describe("usage", () => {
  it("counts what was read from and written to the cache as part of the prompt", async () => {
    const usage = {
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      cacheReadInputTokens: 100,
      cacheWriteInputTokens: 7,
    };
    house.bedrock.enqueue({ content: [{ text: "ok" }], usage });
    const { usage: counted } = (await (
      await house.handler(chatRequest({ model: CLAUDE }))
    ).json()) as Completion;
    expect(counted).toEqual({
      prompt_tokens: 117,
      completion_tokens: 5,
      total_tokens: 122,
      prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 7 },
    });
  });
});

describe("an answer that was cut or filtered", () => {
  it.each([
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["stop_sequence", "stop"],
    ["guardrail_intervened", "content_filter"],
    ["content_filtered", "content_filter"],
    ["something_new", "stop"],
  ])("%s finishes as %s", async (stopReason, finish) => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ content: [{ text: "ok" }], stopReason });
      const text = await (await house.handler(chatRequest({ model: CLAUDE, stream }))).text();
      expect(text).toContain(`"finish_reason":"${finish}"`);
    }
  });

  it.each(["malformed_model_output", "malformed_tool_use"])(
    "%s is a failure, not an answer",
    async (stopReason) => {
      house.bedrock.enqueue(
        { content: [{ text: "ok" }], stopReason },
        { content: [{ text: "ok" }], stopReason },
      );
      const whole = await house.handler(chatRequest({ model: CLAUDE }));
      expect(whole.status).toBe(502);
      const streamed = chunksOf(
        await (await house.handler(chatRequest({ model: CLAUDE, stream: true }))).text(),
      );
      expect(streamed.done).toBe(false);
      expect(streamed.chunks.at(-1)!.error).toMatchObject({ code: stopReason });
    },
  );

  it("that is empty is an empty answer", async () => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ content: [] });
      const text = await (await house.handler(chatRequest({ model: CLAUDE, stream }))).text();
      expect(text).toContain('"finish_reason":"stop"');
    }
  });
});
