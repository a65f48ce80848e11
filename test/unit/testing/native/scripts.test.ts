import { describe, expect, it } from "vitest";
import type { Reply } from "../../../../src/testing/index.ts";
import { emulator } from "../support.ts";
import { CHAT, GPT_OSS, hello, MESSAGES, postNative, RESPONSES } from "./support.ts";

const chat = { model: GPT_OSS, ...hello };
const responses = { model: "us.openai.gpt-6-sol", input: "hello" };
const messages = { model: "us.anthropic.claude-opus-4-8", max_tokens: 50, ...hello };

async function play(reply: Reply, path: string, body: object) {
  const bedrock = await emulator();
  bedrock.enqueue(reply);
  return postNative(bedrock, path, body as Record<string, unknown>);
}

describe("scripts of the native paths", () => {
  it("an answer is written in the vendor's words", async () => {
    const reply: Reply = {
      content: [
        { reasoningContent: { reasoningText: { text: "hm" } } },
        { text: "yes" },
        { toolUse: { toolUseId: "call_7", name: "f", input: { a: 1 } } },
      ],
    };
    expect((await play(reply, CHAT, chat)).json()).toMatchObject({
      choices: [
        {
          finish_reason: "tool_calls",
          message: {
            content: "<reasoning>hm</reasoning>yes",
            tool_calls: [{ id: "call_7", function: { name: "f", arguments: '{"a":1}' } }],
          },
        },
      ],
    });
    expect((await play(reply, RESPONSES, responses)).json()).toMatchObject({
      output: [{ type: "reasoning" }, { type: "message" }, { type: "function_call", call_id: "call_7" }],
    });
    expect((await play(reply, MESSAGES, messages)).json()).toMatchObject({
      content: [{ type: "thinking" }, { type: "text" }, { type: "tool_use", id: "call_7" }],
    });
  });

  it("exact JSON, exact chunks and exact bytes are served as they are", async () => {
    expect((await play({ response: { odd: 1 } }, CHAT, chat)).text).toBe('{"odd":1}');
    const chunks = [{ type: "a", odd: 1 }, "[DONE]"];
    expect((await play({ chunks }, CHAT, { ...chat, stream: true })).text).toBe(
      'data: {"type":"a","odd":1}\n\ndata: [DONE]\n\n',
    );
    const named = await play({ chunks: [{ type: "a", odd: 1 }] }, RESPONSES, { ...responses, stream: true });
    expect(named.text).toBe('event: a\ndata: {"type":"a","odd":1}\n\n');
    expect((await play({ bytes: [Buffer.from("junk")] }, CHAT, chat)).text).toBe("junk");
  });

  it.each([
    [
      CHAT,
      chat,
      { error: { code: "rate_limit_exceeded", message: "slow", param: null, type: "rate_limit_error" } },
    ],
    [RESPONSES, { ...responses, stream: true }, { error: { code: "rate_limit_exceeded" } }],
    [MESSAGES, messages, { type: "error", error: { type: "rate_limit_error", message: "slow" } }],
  ])("an error on %s has the vendor's shape and AWS's status", async (path, body, shape) => {
    const error = { name: "ThrottlingException", message: "slow", headers: { "retry-after": "7" } };
    const answer = await play({ error }, path, body);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(answer.headers.get("x-request-id")).toBe(answer.headers.get("x-amzn-requestid"));
    expect(answer.json()).toMatchObject(shape);
  });

  it("an exception in a stream is an error where the next event would have stood", async () => {
    const fault = {
      kind: "exception",
      afterEvents: 2,
      type: "throttlingException",
      message: "slow",
    } as const;
    const [, second, third] = (await play({ fault }, CHAT, { ...chat, stream: true })).data();
    expect(JSON.parse(second!)).toMatchObject({ object: "chat.completion.chunk" });
    expect(JSON.parse(third!)).toMatchObject({ error: { code: "rate_limit_exceeded", message: "slow" } });
    const anthropic = await play({ fault }, MESSAGES, { ...messages, stream: true });
    expect(anthropic.text).toMatch(/event: error\ndata: {"type":"error","error":{"type":"rate_limit_error"/);
    const openAi = await play({ fault }, RESPONSES, { ...responses, stream: true });
    expect(openAi.text).toMatch(/event: error\ndata: {"type":"error","code":"rate_limit_exceeded"/);
    expect((await play({ fault }, CHAT, chat)).verdict).toBe("429 slow");
  });

  it("a stream breaks off, cleanly or not", async () => {
    const streamed = { ...chat, stream: true };
    const ended = await play({ fault: { kind: "end", afterEvents: 2 } }, CHAT, streamed);
    expect(ended.data()).toHaveLength(2);
    const torn = await play({ fault: { kind: "truncate", afterEvents: 1 } }, CHAT, streamed);
    expect(torn.text.endsWith("\n\n")).toBe(false);
    await expect(play({ fault: { kind: "reset", afterEvents: 1 } }, CHAT, streamed)).rejects.toThrow();
    const odd = await play({ fault: { kind: "bad-crc", afterEvents: 1 } }, CHAT, streamed);
    expect(odd.verdict).toContain("server-sent events have no bad-crc");
  });

  it("a call that is refused uses nothing up", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "scripted" }] });
    await postNative(bedrock, CHAT, { ...chat, top_k: 1 });
    expect((await postNative(bedrock, CHAT, chat)).text).toContain("scripted");
  });

  it("an operation fails when a test says so, and before it reads the script", async () => {
    const bedrock = await emulator();
    bedrock.refuse("RuntimeChatCompletions", { name: "AccessDeniedException", message: "no" });
    expect((await postNative(bedrock, CHAT, chat)).verdict).toBe("403 no");
    expect((await postNative(bedrock, CHAT, chat)).verdict).toBe("accepted");
  });
});
