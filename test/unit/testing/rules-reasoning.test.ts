import { describe } from "vitest";
import { answers, asks, fields } from "./conversations.ts";
import { byModel, extraneous, judge, unsupported } from "./judge.ts";
import {
  CLAUDE_3_7,
  CLAUDE_4_5,
  CLAUDE_OPUS_4_8,
  DEEPSEEK_R1,
  DEEPSEEK_V3,
  GPT_6,
  GPT_OSS,
  GROK,
  HAIKU_5_5,
  KIMI_K3,
  NOVA_2,
  OPUS_4_5,
  OPUS_5,
  QWEN,
  SONNET_4_6,
} from "./models.ts";
import { says } from "./support.ts";
import type { Body } from "./support.ts";
import { signReasoning } from "../../../src/testing/answers/reasoning-signature.ts";

describe("effort", () => {
  const claude = (effort: unknown) => fields({ output_config: { effort } });
  const typed = (effort: string) => asks({ outputConfig: { effort } });
  const gpt = (effort: unknown) => fields({ reasoning: { effort } });
  const flat = (reasoning_effort: unknown) => fields({ reasoning_effort });
  const unknown = (field: string, value: string, levels: string) =>
    `${byModel}Unsupported value: '${field}' does not support '${value}' with this model. Supported values are: ${levels}.`;
  const level = (value: string, levels: string) =>
    `${byModel}This model does not support effort level '${value}'. Supported levels: ${levels}.`;
  judge([
    ["high on Opus 4.5", claude("high"), "accepted", OPUS_4_5],
    ["max on Opus 4.5", claude("max"), level("max", "high, low, medium"), OPUS_4_5],
    ["max on Sonnet 4.6", claude("max"), "accepted", SONNET_4_6],
    ["xhigh on Sonnet 4.6", claude("xhigh"), level("xhigh", "high, low, max, medium"), SONNET_4_6],
    ["xhigh on Opus 4.8", claude("xhigh"), "accepted", CLAUDE_OPUS_4_8],
    ["max on Haiku 5.5", claude("max"), "accepted", HAIKU_5_5],
    ["xhigh by Converse's name", typed("xhigh"), level("xhigh", "high, low, max, medium"), SONNET_4_6],
    ["low by Converse's name", typed("low"), "accepted", SONNET_4_6],
    [
      "minimal on Claude 5",
      claude("minimal"),
      `${byModel}output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'`,
      OPUS_5,
    ],
    [
      "low on Sonnet 4.5",
      claude("low"),
      `${byModel}output_config.effort: Extra inputs are not permitted`,
      CLAUDE_4_5,
    ],
    [
      "low on Claude 3.7",
      claude("low"),
      `${byModel}output_config.effort: Extra inputs are not permitted`,
      CLAUDE_3_7,
    ],
    ["by GPT's name, on Claude", flat("low"), extraneous("reasoning_effort"), OPUS_5],
    ["none on GPT", gpt("none"), "accepted", GPT_6],
    ["max on GPT", gpt("max"), "accepted", GPT_6],
    [
      "minimal on GPT",
      gpt("minimal"),
      unknown("reasoning.effort", "minimal", "'none', 'low', 'medium', 'high', 'xhigh', and 'max'"),
      GPT_6,
    ],
    ["flat on GPT", flat("low"), `${byModel}Unknown parameter: 'reasoning_effort'.`, GPT_6],
    ["high on gpt-oss", flat("high"), "accepted", GPT_OSS],
    [
      "none on gpt-oss",
      flat("none"),
      unknown("reasoning_effort", "none", "'low', 'medium', and 'high'"),
      GPT_OSS,
    ],
    ["xhigh on Grok", flat("xhigh"), "accepted", GROK],
    ["xhigh on Grok 4.6", flat("xhigh"), "accepted", "us.xai.grok-4.6"],
    [
      "max on Grok",
      flat("max"),
      unknown("reasoning_effort", "max", "'low', 'medium', 'high', and 'xhigh'"),
      GROK,
    ],
    ["on DeepSeek V3", flat("low"), "accepted", DEEPSEEK_V3],
    ["on GLM 5.3", flat("high"), "accepted", "us.zai.glm-5.3"],
    ["on DeepSeek R1", flat("low"), extraneous("reasoning_effort"), DEEPSEEK_R1],
    ["Claude's thinking on DeepSeek R1", fields({ thinking: {} }), extraneous("thinking"), DEEPSEEK_R1],
  ]);
});

describe("replayed reasoning", () => {
  const replay = (reasoningText: Body) => ({
    messages: [says("a"), answers({ reasoningContent: { reasoningText } }, { text: "b" }), says("c")],
  });
  const encrypted = {
    messages: [
      says("a"),
      answers({ reasoningContent: { redactedContent: "eA==" } }, { text: "b" }),
      says("c"),
    ],
  };
  const invalid = `${byModel}messages.1.content.0: Invalid \`signature\` in \`thinking\` block`;
  const noSignature = unsupported("reasoningContent.reasoningText.signature");
  judge([
    [
      "unsigned, for Claude",
      replay({ text: "x" }),
      `${byModel}messages.1.content.0.thinking.signature: Field required`,
      CLAUDE_4_5,
    ],
    ["with a foreign signature, for Claude", replay({ text: "x", signature: "sig" }), "accepted", CLAUDE_4_5],
    [
      "signed by the emulator, for Claude",
      replay({ text: "x", signature: signReasoning("x") }),
      "accepted",
      CLAUDE_4_5,
    ],
    ["changed after signing", replay({ text: "y", signature: signReasoning("x") }), invalid, CLAUDE_4_5],
    ["signed, for another vendor", replay({ text: "x", signature: "sig" }), noSignature, QWEN],
    ["unsigned, for another vendor", replay({ text: "x" }), "accepted", QWEN],
    ["signed with nothing, for Claude", replay({ text: "x", signature: "" }), invalid, CLAUDE_4_5],
    ["signed with nothing, for another vendor", replay({ text: "x", signature: "" }), noSignature, QWEN],
    ["signed, without its text", replay({ text: "", signature: signReasoning("x") }), "accepted", CLAUDE_4_5],
    [
      "after what was said, for Claude",
      {
        messages: [
          says("a"),
          answers({ text: "b" }, { reasoningContent: { reasoningText: { text: "x", signature: "sig" } } }),
          says("c"),
        ],
      },
      `${byModel}messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`text\`.`,
      CLAUDE_4_5,
    ],
    ["encrypted, for Claude", encrypted, "accepted", CLAUDE_4_5],
    ["encrypted, for GPT", encrypted, "accepted", GPT_6],
    ["encrypted, for Grok", encrypted, "accepted", GROK],
    ["encrypted, for Nova", encrypted, unsupported("reasoningContent.redactedContent"), NOVA_2],
    ["in clear, for Nova", replay({ text: "x" }), "accepted", NOVA_2],
    ["in clear, for GPT", replay({ text: "x" }), unsupported("reasoningContent.reasoningText"), GPT_6],
    ["in clear, for Grok", replay({ text: "x" }), unsupported("reasoningContent.reasoningText"), GROK],
    ["in clear, for gpt-oss", replay({ text: "x" }), "accepted", GPT_OSS],
    [
      "at all, for DeepSeek R1",
      replay({ text: "x" }),
      "400 User messages cannot contain reasoning content. Please remove the reasoning content and try again.",
      DEEPSEEK_R1,
    ],
    ["at all, for Kimi K3", replay({ text: "x" }), "500 The system encountered an unexpected error", KIMI_K3],
    ["in clear, for Kimi K2.5", replay({ text: "x" }), "accepted", "moonshotai.kimi-k2.5"],
  ]);
});
