import { describe, expect, it } from "vitest";
import { CLAUDE_4_5, emulator } from "../support.ts";
import { anthropic } from "./bodies.ts";
import { chunksOf, invoke } from "./call.ts";

const NOVA = "us.amazon.nova-pro-v1:0";
const hello = anthropic("hello");
const guardrail = {
  "x-amzn-bedrock-guardrailidentifier": "gr123",
  "x-amzn-bedrock-guardrailversion": "1",
};

async function refusedWith(headers: Record<string, string>, body: object | string = hello): Promise<string> {
  const { json } = await invoke(CLAUDE_4_5, body as string, { headers });
  return (json() as { message: string }).message;
}

describe("the guardrail of an invocation", () => {
  const blocked = anthropic("BLOCKED_BY_GUARDRAIL");

  it("answers in the model's place, in the model's words, and shows its trace when asked", async () => {
    const { json } = await invoke(CLAUDE_4_5, blocked, {
      headers: { ...guardrail, "x-amzn-bedrock-trace": "ENABLED" },
    });
    expect(json()).toMatchObject({
      content: [{ type: "text", text: "Sorry, the guardrail blocked this." }],
      stop_reason: "end_turn",
      "amazon-bedrock-guardrailAction": "INTERVENED",
      "amazon-bedrock-trace": { guardrail: { input: { gr123: expect.anything() as unknown } } },
    });
  });

  it("says in the last chunk of a stream what it did", async () => {
    const chunks = await chunksOf(CLAUDE_4_5, blocked, undefined, guardrail);
    expect(chunks.at(-1)).toMatchObject({ "amazon-bedrock-guardrailAction": "INTERVENED" });
    expect(chunks[0]).not.toHaveProperty("amazon-bedrock-guardrailAction");
  });

  it("says so when it had nothing to do, and nothing when there is none", async () => {
    const { json } = await invoke(CLAUDE_4_5, hello, { headers: guardrail });
    expect(json()).toMatchObject({ "amazon-bedrock-guardrailAction": "NONE" });
    expect((await invoke(CLAUDE_4_5, hello)).json()).not.toHaveProperty("amazon-bedrock-guardrailAction");
  });

  it("wants both its headers", async () => {
    expect(await refusedWith({ "x-amzn-bedrock-guardrailidentifier": "gr123" })).toBe(
      "guardrailIdentifier and guardrailVersion must be specified together.",
    );
  });
});

describe("what else is said in headers", () => {
  it("tier and latency come back as they were asked for", async () => {
    const asked = {
      "x-amzn-bedrock-service-tier": "flex",
      "x-amzn-bedrock-performanceconfig-latency": "optimized",
    };
    const body = { messages: [{ role: "user", content: [{ text: "hello" }] }] };
    const { headers } = await invoke(NOVA, body, { headers: asked });
    expect(Object.fromEntries(headers)).toMatchObject(asked);
  });

  it.each([
    [
      { "x-amzn-bedrock-service-tier": "auto" },
      "1 validation error detected: Value 'auto' at 'serviceTier' failed to satisfy constraint: Member must satisfy enum value set: [priority, default, flex, reserved]",
    ],
    [
      { "x-amzn-bedrock-trace": "enabled" },
      "1 validation error detected: Value 'enabled' at 'trace' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_FULL]",
    ],
    [
      { "x-amzn-bedrock-performanceconfig-latency": "optimized" },
      `Latency performance configuration is not supported for ${CLAUDE_4_5}.`,
    ],
    [
      { "x-amzn-bedrock-request-metadata": "[1]" },
      "The request metadata must be a JSON object whose values are strings.",
    ],
    [
      { "content-type": "text/plain" },
      "The provided Content Type is invalid or not supported for this model",
    ],
  ])("%o is refused", async (headers, message) => {
    expect(await refusedWith(headers)).toBe(message);
  });

  it("request metadata passes", async () => {
    const headers = { "x-amzn-bedrock-request-metadata": JSON.stringify({ team: "a" }) };
    expect((await invoke(CLAUDE_4_5, hello, { headers })).status).toBe(200);
  });
});

describe("the body", () => {
  it.each(["not json", "[1]", ""])("%j is refused", async (body) => {
    expect(await refusedWith({}, body)).toBe(
      "Malformed input request, please reformat your input and try again.",
    );
  });

  it("may have 25,000,000 bytes and not one more", async () => {
    const bedrock = await emulator();
    // Padding costs the model nothing: only AWS counts it.
    const sized = (bytes: number) => JSON.stringify(hello).padEnd(bytes);
    expect((await invoke(CLAUDE_4_5, sized(25_000_000), { bedrock })).status).toBe(200);
    const { status, text } = await invoke(CLAUDE_4_5, sized(25_000_001), { bedrock });
    expect([status, text]).toEqual([400, expect.stringContaining("less than or equal to 25000000")]);
  });
});
