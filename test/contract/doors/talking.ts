import OpenAI from "openai";
import { expect } from "vitest";
import { chunksOf } from "../../support/sse.ts";
import { type Checks, clientOf, post, QUESTION } from "./visit.ts";

const WORDS = "one two three four five six";
const WEATHER = {
  type: "function" as const,
  function: { name: "get_weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};
const CALL = { content: [{ toolUse: { toolUseId: "t1", name: "get_weather", input: { city: "Oslo" } } }] };

const spoken = (text: string): string =>
  chunksOf(text)
    .chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "")
    .join("");

export const TALKING: Checks = {
  "answers whole": async ({ house, open }) => {
    house.bedrock.enqueue({ content: [{ text: "grüße — 世界 🌍" }] });
    const answer = await clientOf(await open()).chat.completions.create(QUESTION);
    expect(answer.choices[0]!.message.content).toBe("grüße — 世界 🌍");
    expect(answer.usage!.total_tokens).toBeGreaterThan(0);
  },

  "streams to the last character": async ({ house, open }) => {
    house.bedrock.enqueue({ content: [{ text: "grüße — 世界 🌍 ".repeat(500) }] });
    const stream = await clientOf(await open()).chat.completions.create({ ...QUESTION, stream: true });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    expect(text).toBe("grüße — 世界 🌍 ".repeat(500));
  },

  "hands out the first words while the model is still speaking": async ({ house, open }) => {
    house.bedrock.enqueue({ content: [{ text: WORDS }], delayMs: 30 });
    const door = await open();
    const response = await door.fetch(`${door.baseURL}/chat/completions`, post({ stream: true }));
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("content-encoding")).toBeNull();
    const reader = response.body!.getReader();
    let text = new TextDecoder().decode((await reader.read()).value);
    expect(house.bedrock.openRequests).toBe(1);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    expect(chunksOf(text).done).toBe(true);
    expect(spoken(text)).toBe(WORDS);
  },

  "carries calls of tools, whole and streamed": async ({ house, open }) => {
    house.bedrock.enqueue(CALL, CALL);
    const client = clientOf(await open());
    const request = { ...QUESTION, tools: [WEATHER] };
    const whole = await client.chat.completions.create(request);
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    for (const { choices } of [whole, streamed]) {
      expect(choices[0]).toMatchObject({
        finish_reason: "tool_calls",
        message: { tool_calls: [{ function: { name: "get_weather", arguments: '{"city":"Oslo"}' } }] },
      });
    }
  },

  "keeps AWS's refusal and its status, whole and streamed": async ({ house, open }) => {
    const slow = { error: { name: "ThrottlingException", message: "Too many requests" } };
    house.bedrock.enqueue(slow, slow);
    const client = clientOf(await open());
    for (const stream of [false, true])
      await expect(client.chat.completions.create({ ...QUESTION, stream })).rejects.toMatchObject({
        status: 429,
        requestID: expect.stringMatching(/^req_/),
        constructor: OpenAI.RateLimitError,
      });
  },

  "tells of a stream that broke, and never says [DONE]": async ({ house, open }) => {
    const broken = { content: [{ text: WORDS }], fault: { kind: "truncate", afterEvents: 3 } } as const;
    house.bedrock.enqueue(broken, broken);
    const door = await open();
    const response = await door.fetch(`${door.baseURL}/chat/completions`, post({ stream: true }));
    expect(response.status).toBe(200);
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "stream_interrupted" });
    const stream = await clientOf(door).chat.completions.create({ ...QUESTION, stream: true });
    await expect(
      (async () => {
        for await (const chunk of stream) expect(chunk.choices[0]!.finish_reason).toBeNull();
      })(),
    ).rejects.toBeInstanceOf(OpenAI.APIError);
  },
};
