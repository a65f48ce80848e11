import { describe, expect, it } from "vitest";
import { ask } from "../ask.ts";
import { emulator, HIDDEN, post, says } from "../support.ts";
import type { Body } from "../support.ts";
import { anthropic } from "./bodies.ts";

const SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const hello = { converse: { messages: [says("hello")] } };

async function count(input: unknown, model = SONNET): Promise<unknown> {
  const { status, json } = await post(await emulator(), { input } as Body, {
    model,
    operation: "count-tokens",
  });
  const { inputTokens, message } = json() as { inputTokens?: number; message?: string };
  return status === 200 ? inputTokens : `${status} ${message}`;
}

const native = (body: unknown) => ({
  invokeModel: { body: Buffer.from(JSON.stringify(body)).toString("base64") },
});

describe("CountTokens", () => {
  it("says what the answer's usage will say, tools and system included", async () => {
    const converse = {
      messages: [says("weather in Paris?")],
      system: [{ text: "Be brief." }],
      toolConfig: { tools: [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } } } }] },
    };
    const { usage } = await ask(converse, `us.${SONNET}`);
    expect(await count({ converse })).toBe(usage["inputTokens"]);
  });

  it("counts what the cache would keep", async () => {
    const content = [{ text: "hello" }, { cachePoint: { type: "default" } }];
    expect(await count({ converse: { messages: [{ role: "user", content }] } })).toBe(2);
  });

  it.each([
    ["a profile's id", hello, `us.${SONNET}`, "400 The provided model identifier is invalid."],
    [
      "an ARN",
      hello,
      `arn:aws:bedrock:us-east-1::foundation-model/${SONNET}`,
      "400 The provided model identifier is invalid.",
    ],
    ["an ARN that hides its model", hello, HIDDEN, "400 The provided model identifier is invalid."],
    [
      "Opus 5.5",
      hello,
      "anthropic.claude-opus-5-5",
      "400 The provided model doesn't support counting tokens.",
    ],
    ["GPT", hello, "openai.gpt-oss-120b-1:0", "400 The provided model doesn't support counting tokens."],
    [
      "both kinds of input",
      { ...hello, ...native(anthropic("hi")) },
      SONNET,
      "400 CountTokensInput object at input must set one of the following keys: invokeModel, converse.",
    ],
    [
      "no input",
      undefined,
      SONNET,
      "400 1 validation error detected: Value at 'input' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a native body that AWS would refuse",
      native(anthropic("hi", { model: "x" })),
      SONNET,
      "400 Malformed input request: #: extraneous key [model] is not permitted, please reformat your input and try again.",
    ],
    [
      "a conversation that AWS would refuse",
      { converse: { messages: [says(" ")] } },
      SONNET,
      "400 The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
    ],
  ])("refuses %s", async (_, input, model, message) => {
    expect(await count(input, model)).toBe(message);
  });

  it("uses no queued reply up", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "kept" }] });
    await post(bedrock, { input: hello }, { model: SONNET, operation: "count-tokens" });
    expect((await ask({ messages: [says("hi")] }, HIDDEN, bedrock)).text).toBe("kept");
  });
});
