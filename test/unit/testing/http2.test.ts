import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttp2Handler } from "@smithy/node-http-handler";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator } from "./support.ts";
import type { BedrockEmulator } from "../../../src/testing/index.ts";

const input = { modelId: CLAUDE_4_5, messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };
const client = (bedrock: BedrockEmulator) =>
  runtimeClient(bedrock, { requestHandler: new NodeHttp2Handler() });

describe("the SDK's default handler, which speaks HTTP/2 without TLS", () => {
  it("is served, signature checked", async () => {
    const bedrock = await emulator();
    const answer = await client(bedrock).send(new ConverseCommand(input));
    expect(answer.output?.message?.content?.[0]?.text).toContain("You said: hi");
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]).toMatchObject({ status: 200, aborted: false, operation: "Converse" });
    expect(bedrock.requests[0]?.headers["host"]).toBe(new URL(bedrock.url).host);
  });

  it("is refused in AWS's words", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    await expect(client(bedrock).send(new ConverseCommand(input))).rejects.toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429 },
    });
  });

  it("streams, and is seen leaving", async () => {
    const bedrock = await emulator();
    const controller = new AbortController();
    bedrock.enqueue({ content: [{ text: "word ".repeat(1000) }], delayMs: 5 });
    const { stream } = await client(bedrock).send(new ConverseStreamCommand(input), {
      abortSignal: controller.signal,
    });
    const iterator = stream?.[Symbol.asyncIterator]();
    expect((await iterator?.next())?.value).toEqual({ messageStart: { role: "assistant" } });
    controller.abort();
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]?.aborted).toBe(true);
    expect(bedrock.openRequests).toBe(0);
  });

  it("sees a broken stream break", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ fault: { kind: "reset", afterEvents: -1 } });
    await expect(client(bedrock).send(new ConverseCommand(input))).rejects.toThrow();
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]?.aborted).toBe(false);
  });
});
