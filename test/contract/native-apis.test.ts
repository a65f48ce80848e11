import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBedrock } from "../../src/bedrock/bedrock.ts";
import type { NativeApi } from "../../src/bedrock/models/native-models.ts";
import { NO_ATTACHMENTS } from "../../src/http/attachments.ts";
import { resolveOptions } from "../../src/resolve-options.ts";
import { type BedrockEmulator, EMULATOR_CREDENTIALS, startBedrockEmulator } from "../../src/testing/index.ts";
import { createTries } from "../../src/tries.ts";

let emulator: BedrockEmulator;
beforeAll(async () => {
  emulator = await startBedrockEmulator();
});
afterAll(() => emulator.close());

const { signal } = new AbortController();

const asking = () => ({ signal, tries: createTries({ tries: 1, isLast: true }) });

async function sent(model: string, api: NativeApi, body: object, headers = {}) {
  const options = { endpoint: emulator.url, region: "us-east-1", credentials: EMULATOR_CREDENTIALS };
  const bedrock = createBedrock(resolveOptions(options));
  const target = await bedrock.resolve({ model }, signal);
  const letter = {
    target,
    api,
    body: { ...body, model: target.modelId },
    headers,
    attachments: NO_ATTACHMENTS,
  };
  const whole = JSON.parse((await bedrock.forward(letter, asking())).value) as Record<string, unknown>;
  const streaming = { ...letter, body: { ...letter.body, stream: true } };
  const chunks: string[] = [];
  for await (const group of (await bedrock.forwardStream(streaming, asking())).value) chunks.push(...group);
  return { whole, chunks, operation: emulator.requests.at(-1)!.operation };
}

describe("every protocol that AWS speaks itself is reached on the host that speaks it", () => {
  it.each([
    ["us.openai.gpt-6-sol", "RuntimeResponses"],
    ["us.xai.grok-4.7", "RuntimeResponses"],
    ["openai.gpt-5.5", "MantleResponses"],
    ["openai.gpt-oss-120b", "MantleResponses"],
  ])("responses, for %s", async (model, operation) => {
    const { whole, chunks, ...told } = await sent(model, "responses", { input: "Hello" });
    expect([whole["object"], whole["status"], told.operation]).toEqual(["response", "completed", operation]);
    expect(JSON.parse(chunks.at(-1)!)).toMatchObject({ type: "response.completed" });
  });

  it("Anthropic's messages", async () => {
    const body = { max_tokens: 100, messages: [{ role: "user", content: "Hello" }] };
    const version = { "anthropic-version": "2023-06-01" };
    const { whole, chunks, operation } = await sent("anthropic.claude-mythos-5", "messages", body, version);
    expect([whole["type"], whole["role"], operation]).toEqual(["message", "assistant", "MantleMessages"]);
    expect(JSON.parse(chunks.at(-1)!)).toEqual({ type: "message_stop" });
  });
});
