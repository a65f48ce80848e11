import { request as httpRequest } from "node:http";
import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator, hello, post } from "./support.ts";

const input = { modelId: CLAUDE_4_5, messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };

const elapsed = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

describe("pacing", () => {
  it("waits before the headers, before the body and between frames", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({
      bytes: [Buffer.from("a"), Buffer.from("b")],
      headersDelayMs: 40,
      firstEventDelayMs: 40,
      delayMs: 40,
    });
    const start = performance.now();
    const response = await fetch(`${bedrock.url}/model/${encodeURIComponent(CLAUDE_4_5)}/converse-stream`, {
      method: "POST",
      headers: { authorization: "Bearer k" },
      body: JSON.stringify(hello),
    });
    expect(performance.now() - start).toBeGreaterThan(35);
    await response.text();
    // From the start: who sees the headers late sees the rest sooner behind them.
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  it("slows only its own answers down with tokenDelayMs", async () => {
    const bedrock = await emulator({ tokenDelayMs: 5 });
    const client = runtimeClient(bedrock);
    const drain = async () => {
      const { stream } = await client.send(new ConverseStreamCommand(input));
      for await (const _ of stream ?? []);
    };
    const slow = await elapsed(drain);
    expect(slow).toBeGreaterThan(80);
    bedrock.enqueue({
      content: [{ text: "one two three four five six seven eight nine ten eleven twelve" }],
    });
    expect(await elapsed(drain)).toBeLessThan(slow);
  });

  it("tears frames apart with splitBytes, and they still make sense", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "Grüße 🌍 aus München" }], splitBytes: 7 });
    const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(input));
    let text = "";
    for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? "";
    expect(text).toBe("Grüße 🌍 aus München");
  });

  it("writes raw bytes as they are, under the headers given", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({
      bytes: [Buffer.from("ab"), Buffer.from("cd")],
      headers: { "content-type": "text/plain" },
      status: 201,
    });
    const answer = await post(bedrock, hello);
    expect([answer.status, answer.text, answer.headers.get("content-type")]).toEqual([
      201,
      "abcd",
      "text/plain",
    ]);
  });
});

describe("a client that leaves", () => {
  it("stops a slow stream at once", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "word ".repeat(1000) }], delayMs: 5 });
    const controller = new AbortController();
    const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(input), {
      abortSignal: controller.signal,
    });
    const iterator = stream?.[Symbol.asyncIterator]();
    await iterator?.next();
    controller.abort();
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]).toMatchObject({ aborted: true, status: 200 });
    expect(bedrock.openRequests).toBe(0);
  });

  it("is not confused with one that heard everything", async () => {
    const bedrock = await emulator();
    await post(bedrock, hello);
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]).toMatchObject({ aborted: false, status: 200 });
  });

  it("stops an endless body that it does not read", async () => {
    const bedrock = await emulator();
    let written = 0;
    function* endless() {
      for (;;) {
        written += 65_536;
        yield Buffer.alloc(65_536);
      }
    }
    bedrock.enqueue({ bytes: endless() });
    const url = `${bedrock.url}/model/${encodeURIComponent(CLAUDE_4_5)}/converse`;
    const request = httpRequest(url, { method: "POST", headers: { authorization: "Bearer k" } }, (response) =>
      response.pause(),
    );
    request.on("error", () => {});
    request.end(JSON.stringify(hello));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const buffered = written;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(written).toBe(buffered);
    request.destroy();
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]?.aborted).toBe(true);
  });
});
