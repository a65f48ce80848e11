import { describe, expect, it } from "vitest";
import { ask } from "./ask.ts";
import { answers, call, result, user, withTools } from "./conversations.ts";
import {
  CLAUDE_4_5,
  CLAUDE_OPUS_4_8,
  GPT_6,
  GPT_OSS,
  GROK,
  HAIKU_5_5,
  KIMI_K3,
  OPUS_5,
  QWEN,
  SONNET_5_5,
} from "./models.ts";
import { says } from "./support.ts";
import type { Body } from "./support.ts";

describe("reasoning by itself", () => {
  const thinks = (additionalModelRequestFields: Body, more: Body = {}) => ({
    messages: [says("hi")],
    additionalModelRequestFields,
    ...more,
  });
  const signed = { reasoningText: { text: expect.any(String), signature: expect.any(String) } };
  const open = { reasoningText: { text: expect.any(String) } };
  it.each<[string, Body, string, object | undefined]>([
    [
      "Claude, with a signature that it accepts back",
      thinks({ thinking: { type: "enabled", budget_tokens: 2000 } }),
      CLAUDE_4_5,
      { reasoningText: { text: expect.any(String), signature: expect.any(String) } },
    ],
    [
      "adaptive Claude",
      thinks({ thinking: { type: "adaptive" } }),
      "us.anthropic.claude-opus-5",
      { reasoningText: expect.objectContaining({ signature: expect.any(String) }) },
    ],
    [
      "Nova, without telling",
      thinks({ reasoningConfig: { type: "enabled", maxReasoningEffort: "low" } }),
      "us.amazon.nova-2-lite-v1:0",
      { reasoningText: { text: "[REDACTED]" } },
    ],
    [
      "GPT, in secret",
      thinks({ reasoning: { effort: "low" } }),
      "us.openai.gpt-6-sol",
      { redactedContent: expect.any(String) },
    ],
    [
      "DeepSeek R1, always",
      { messages: [says("hi")] },
      "us.deepseek.r1-v1:0",
      { reasoningText: { text: expect.any(String) } },
    ],
    [
      "Claude, not when disabled",
      thinks({ thinking: { type: "disabled" } }),
      "us.anthropic.claude-opus-5",
      undefined,
    ],
    ["Claude 5, unasked", { messages: [says("hi")] }, OPUS_5, signed],
    ["Haiku 5.5, unasked", { messages: [says("hi")] }, HAIKU_5_5, signed],
    ["Opus 4.8, not unasked", { messages: [says("hi")] }, CLAUDE_OPUS_4_8, undefined],
    [
      "Opus 4.8, not for effort alone",
      thinks({ output_config: { effort: "high" } }),
      CLAUDE_OPUS_4_8,
      undefined,
    ],
    [
      "Claude, without showing it",
      thinks({ thinking: { type: "adaptive", display: "omitted" } }),
      OPUS_5,
      { reasoningText: { text: "", signature: expect.any(String) } },
    ],
    [
      "Sonnet 5.5, not before the tools",
      thinks({ thinking: { type: "between_tools" } }),
      SONNET_5_5,
      undefined,
    ],
    ["GPT, unasked", { messages: [says("hi")] }, GPT_6, { redactedContent: expect.any(String) }],
    ["GPT, not at no effort", thinks({ reasoning: { effort: "none" } }), GPT_6, undefined],
    ["Grok, in secret", thinks({ reasoning_effort: "low" }), GROK, { redactedContent: expect.any(String) }],
    ["gpt-oss, in clear", thinks({ reasoning_effort: "low" }), GPT_OSS, open],
    ["Kimi, always", { messages: [says("hi")] }, KIMI_K3, open],
    ["Kimi of the other vendor, always", { messages: [says("hi")] }, "moonshot.kimi-k2-thinking", open],
    ["Magistral, always", { messages: [says("hi")] }, "mistral.magistral-small-2509", open],
    ["MiniMax, always", { messages: [says("hi")] }, "minimax.minimax-m2.5", open],
    ["Qwen, not unasked", { messages: [says("hi")] }, QWEN, undefined],
  ])("%s", async (_, body, model, reasoning) => {
    const { content } = await ask(body, model);
    expect(content[0]?.reasoningContent).toEqual(reasoning);
    expect(content.at(-1)?.text).toContain("You said: hi");
  });

  it("Sonnet 5.5, between the tools", async () => {
    const body = {
      ...withTools(says("hi"), answers(call("1")), user(result("1"))),
      additionalModelRequestFields: { thinking: { type: "between_tools" } },
    };
    expect((await ask(body, SONNET_5_5)).content[0]?.reasoningContent).toEqual(signed);
  });
});
