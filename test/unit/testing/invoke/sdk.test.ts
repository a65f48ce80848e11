import {
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import type { ResponseStream } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "../clients.ts";
import { CLAUDE_4_5, emulator } from "../support.ts";
import { anthropic } from "./bodies.ts";

const input = (body: unknown, modelId = CLAUDE_4_5) => ({
  modelId,
  contentType: "application/json",
  body: JSON.stringify(body),
});
const jsonOf = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString()) as never;

async function nativeChunks(stream: AsyncIterable<ResponseStream> | undefined) {
  const chunks: { type: string; delta?: { text?: string } }[] = [];
  for await (const { chunk } of stream ?? []) chunks.push(jsonOf(chunk?.bytes));
  return chunks;
}

describe("as the AWS SDK sees it", () => {
  it("InvokeModel gives the native body and its content type, tier and latency", async () => {
    const answer = await runtimeClient(await emulator()).send(
      new InvokeModelCommand({
        ...input(anthropic("hello")),
        serviceTier: "default",
        performanceConfigLatency: "standard",
      }),
    );
    expect(answer).toMatchObject({
      contentType: "application/json",
      serviceTier: "default",
      performanceConfigLatency: "standard",
    });
    expect(jsonOf(answer.body)).toMatchObject({
      type: "message",
      role: "assistant",
      stop_reason: "end_turn",
    });
  });

  it("InvokeModelWithResponseStream gives Anthropic's own events, in frames that AWS's codec reads", async () => {
    const { body, contentType } = await runtimeClient(await emulator()).send(
      new InvokeModelWithResponseStreamCommand(input(anthropic("hello"))),
    );
    expect(contentType).toBe("application/json");
    const chunks = await nativeChunks(body);
    const types = chunks.map(({ type }) => type);
    expect(types.slice(0, 4)).toEqual([
      "message_start",
      "content_block_start",
      "ping",
      "content_block_delta",
    ]);
    expect(types.slice(-3)).toEqual(["content_block_stop", "message_delta", "message_stop"]);
    expect(chunks.map(({ delta }) => delta?.text ?? "").join("")).toMatch(/^You said: hello\n/);
    expect(chunks.at(-1)).toHaveProperty(["amazon-bedrock-invocationMetrics", "outputTokenCount"]);
  });

  it("CountTokens counts a native body as it counts the conversation", async () => {
    const client = runtimeClient(await emulator());
    const modelId = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    const native = { invokeModel: { body: Buffer.from(JSON.stringify(anthropic("hello there"))) } };
    const converse = {
      converse: { messages: [{ role: "user" as const, content: [{ text: "hello there" }] }] },
    };
    const [one, other] = await Promise.all(
      [native, converse].map((what) =>
        client.send(new CountTokensCommand({ modelId, input: what as never })),
      ),
    );
    expect(one?.inputTokens).toBe(3);
    expect(other?.inputTokens).toBe(3);
  });
});
