import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { expect } from "vitest";
import { CLAUDE } from "../../support/bedrock.ts";
import { chunksOf } from "../../support/sse.ts";
import { typedEventsOf } from "../../support/typed-events.ts";
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

  "answers by the Responses API, streams it by its events, keeps it and forgets it": async ({
    house,
    open,
  }) => {
    const { responses } = clientOf(await open());
    house.bedrock.enqueue({ content: [{ text: "grüße 🌍" }] });
    const first = await responses.create({ model: CLAUDE, input: "Hi" });
    expect([first.status, first.output_text]).toEqual(["completed", "grüße 🌍"]);
    house.bedrock.enqueue({ content: [{ text: "grüße — 世界 🌍 ".repeat(100) }] });
    const next = { model: CLAUDE, input: "Go on.", previous_response_id: first.id };
    const stream = responses.stream(next);
    const second = await stream.finalResponse();
    expect(second.output_text).toBe("grüße — 世界 🌍 ".repeat(100));
    expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain("grüße 🌍");
    expect((await responses.retrieve(second.id)).output_text).toBe(second.output_text);
    const items = await responses.inputItems.list(second.id);
    expect(items.data).toMatchObject([{ role: "user", content: [{ text: "Go on." }] }]);
    await responses.delete(second.id);
    await expect(responses.retrieve(second.id)).rejects.toMatchObject({ status: 404 });
  },

  "works in the background while its caller is elsewhere": async ({ house, open }) => {
    const { responses } = clientOf(await open());
    house.bedrock.enqueue({ content: [{ text: WORDS }], delayMs: 20 });
    const { id, status } = await responses.create({ model: CLAUDE, input: "Hi", background: true });
    expect(status).toBe("queued");
    await expect
      .poll(async () => (await responses.retrieve(id)).status, { timeout: 10_000 })
      .toBe("completed");
    expect((await responses.retrieve(id)).output_text).toBe(WORDS);
  },

  "keeps a conversation": async ({ open }) => {
    const { conversations, responses } = clientOf(await open());
    const { id } = await conversations.create({ metadata: { a: "b" } });
    await responses.create({ model: CLAUDE, input: "Hi", conversation: id });
    expect((await conversations.items.list(id)).data).toHaveLength(2);
    expect(await conversations.delete(id)).toMatchObject({ id, deleted: true });
  },

  "speaks to Anthropic's client, and refuses it in Anthropic's words": async ({ house, open }) => {
    const { baseURL, fetch } = await open();
    const client = new Anthropic({
      apiKey: "x",
      baseURL: baseURL.replace(/\/v1$/, ""),
      fetch,
      maxRetries: 0,
    });
    const request = { model: CLAUDE, max_tokens: 100, messages: [{ role: "user" as const, content: "Hi" }] };
    house.bedrock.enqueue({ content: [{ text: "grüße 🌍" }] }, { content: [{ text: WORDS }] });
    expect((await client.messages.create(request)).content).toMatchObject([{ text: "grüße 🌍" }]);
    expect(await client.messages.stream(request).finalText()).toBe(WORDS);
    expect(
      (await client.messages.countTokens({ model: CLAUDE, messages: request.messages })).input_tokens,
    ).toBeGreaterThan(0);
    await expect(client.messages.create({ ...request, max_tokens: 0 })).rejects.toMatchObject({
      status: 400,
      error: { type: "error", error: { type: "invalid_request_error" } },
      requestID: expect.stringMatching(/^req_/),
    });
  },

  "tells of a response that broke by both of its events": async ({ house, open }) => {
    const broken = { content: [{ text: WORDS }], fault: { kind: "truncate", afterEvents: 3 } } as const;
    house.bedrock.enqueue(broken, broken);
    const door = await open();
    const body = { messages: undefined, input: "Hi", stream: true };
    const response = await door.fetch(`${door.baseURL}/responses`, post(body));
    const events = typedEventsOf(await response.text());
    expect(events.slice(-2)).toMatchObject([
      { type: "error", error: { code: "stream_interrupted" } },
      { type: "response.failed", response: { status: "failed" } },
    ]);
    const streamed = clientOf(door).responses.stream({ model: CLAUDE, input: "Hi" });
    await expect(streamed.finalResponse()).rejects.toBeInstanceOf(OpenAI.APIError);
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
