import { InvokeModelWithResponseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../src/testing/index.ts";
import { runtimeClient } from "../clients.ts";
import { ask } from "../ask.ts";
import { CLAUDE_4_5, emulator, HIDDEN, says } from "../support.ts";
import { anthropic, llama3 } from "./bodies.ts";
import { answerOf, at, chunksOf, invoke } from "./call.ts";

const LLAMA = "meta.llama3-8b-instruct-v1:0";
const body = anthropic("hello");
const content = [{ text: "one two three" }];

async function streamWith(fault: Fault) {
  const bedrock = await emulator();
  bedrock.enqueue({ content, fault });
  const { body: stream } = await runtimeClient(bedrock).send(
    new InvokeModelWithResponseStreamCommand({
      modelId: CLAUDE_4_5,
      contentType: "application/json",
      body: JSON.stringify(body),
    }),
  );
  let seen = 0;
  try {
    for await (const { chunk } of stream ?? []) seen += chunk ? 1 : 0;
    return { seen, error: undefined };
  } catch (error) {
    return { seen, error: error as Error };
  }
}

describe("a scripted answer", () => {
  it("is written in the words of whatever family is asked", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content }, { content, stopReason: "max_tokens" });
    expect(await answerOf(CLAUDE_4_5, body, bedrock)).toMatchObject({
      content: [{ type: "text", text: "one two three" }],
      stop_reason: "end_turn",
    });
    expect(await answerOf(LLAMA, { prompt: llama3("hi") }, bedrock)).toMatchObject({
      generation: "one two three",
      stop_reason: "length",
    });
  });

  it("is streamed in its chunks, with the usage that was scripted", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content, usage: { inputTokens: 7, outputTokens: 8, totalTokens: 15 } });
    const chunks = await chunksOf(LLAMA, { prompt: llama3("hi") }, bedrock);
    expect(chunks.map(({ generation }) => generation)).toEqual(["one", " two", " three", ""]);
    expect(at(chunks.at(-1), "amazon-bedrock-invocationMetrics")).toMatchObject({
      inputTokenCount: 7,
      outputTokenCount: 8,
    });
  });

  it("stays in the queue when the body is refused", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content });
    expect((await invoke(CLAUDE_4_5, { ...body, foo: 1 }, { bedrock })).status).toBe(400);
    expect(at(await answerOf(CLAUDE_4_5, body, bedrock), "content.0.text")).toBe("one two three");
  });
});

describe("an exact reply", () => {
  it("is InvokeModel's body to the letter, with its own headers", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ response: { odd: 1 }, headers: { "x-amzn-bedrock-input-token-count": "42" } });
    const { json, headers } = await invoke(LLAMA, { prompt: "x" }, { bedrock });
    expect(json()).toEqual({ odd: 1 });
    expect(headers.get("x-amzn-bedrock-input-token-count")).toBe("42");
    expect(headers.get("x-amzn-bedrock-output-token-count")).toBeNull();
  });

  it("is the stream's chunks to the letter, without metrics", async () => {
    const bedrock = await emulator();
    const chunks = [{ generation: "a" }, { unheard: ["of"] }];
    bedrock.enqueue({ chunks });
    expect(await chunksOf(LLAMA, { prompt: "x" }, bedrock)).toEqual(chunks);
  });

  it.each([{ chunks: [] }, { events: [] }])("%o fails loudly where it does not belong", async (reply) => {
    const bedrock = await emulator();
    bedrock.enqueue(reply, reply);
    const { status, text } = await invoke(LLAMA, { prompt: "x" }, { bedrock });
    expect([status, text]).toEqual([500, expect.stringContaining("does not fit")]);
    const asked = ask({ messages: [says("hi")] }, HIDDEN, bedrock);
    await expect(asked).rejects.toThrow("does not fit");
  });

  it("an error has AWS's status", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({
      error: { name: "ModelErrorException", message: "no", members: { originalStatusCode: 400 } },
    });
    const { status, json } = await invoke(LLAMA, { prompt: "x" }, { bedrock });
    expect([status, json()]).toEqual([424, { message: "no", originalStatusCode: 400 }]);
  });

  it("raw bytes come as a native stream would", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ bytes: [] });
    const response = await fetch(
      `${bedrock.url}/model/${encodeURIComponent(LLAMA)}/invoke-with-response-stream`,
      {
        method: "POST",
        headers: { authorization: "Bearer key", "content-type": "application/json" },
        body: JSON.stringify({ prompt: "x" }),
      },
    );
    expect(response.headers.get("content-type")).toBe("application/vnd.amazon.eventstream");
    expect(response.headers.get("x-amzn-bedrock-content-type")).toBe("application/json");
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });
});

describe("faults", () => {
  it("an exception comes after exactly the chunks asked for", async () => {
    const { seen, error } = await streamWith({
      kind: "exception",
      afterEvents: 3,
      type: "modelTimeoutException",
      message: "too slow",
    });
    expect(seen).toBe(3);
    expect(error).toMatchObject({ name: "ModelTimeoutException", message: "too slow" });
  });

  it("a clean end comes without the rest", async () => {
    expect(await streamWith({ kind: "end", afterEvents: 2 })).toEqual({ seen: 2, error: undefined });
  });

  it("half a body is no JSON", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content, fault: { kind: "truncate", afterEvents: 0 } });
    const { text } = await invoke(CLAUDE_4_5, body, { bedrock });
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it("torn into single bytes a stream says the same", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "grüße 🎈" }], splitBytes: 1 });
    const chunks = await chunksOf(LLAMA, { prompt: llama3("hi") }, bedrock);
    expect(chunks.map(({ generation }) => generation).join("")).toBe("grüße 🎈");
  });
});
