import { describe } from "vitest";
import { answers, asks, fields, look } from "./conversations.ts";
import { byModel, extraneous, judge, unsupported } from "./judge.ts";
import {
  CLAUDE_4_5,
  CLAUDE_OPUS_4_8,
  FABLE,
  GPT_6,
  GPT_OSS,
  GROK,
  HIDDEN,
  LLAMA,
  MIXTRAL,
  NOVA,
  OPUS_5,
  OPUS_5_5,
  QWEN,
  SONNET_4_6,
  SONNET_5_5,
} from "./models.ts";
import { says } from "./support.ts";
import type { Body } from "./support.ts";

const config = (inferenceConfig: Body) => asks({ inferenceConfig });

describe("sampling", () => {
  const deprecated = (name: string) => `${byModel}\`${name}\` is deprecated for this model.`;
  judge([
    ["temperature on Opus 4.8", config({ temperature: 1 }), deprecated("temperature"), CLAUDE_OPUS_4_8],
    ["topP on Claude 5", config({ topP: 0.9 }), deprecated("top_p"), OPUS_5],
    ["top_k on Claude 5", fields({ top_k: 5 }), deprecated("top_k"), OPUS_5],
    ["temperature by its native name", fields({ temperature: 0 }), deprecated("temperature"), FABLE],
    [
      "temperature on a Claude not yet known",
      config({ temperature: 1 }),
      deprecated("temperature"),
      "us.anthropic.claude-sonnet-7",
    ],
    [
      "both on Sonnet 4.5",
      config({ temperature: 0, topP: 0.5 }),
      `${byModel}\`temperature\` and \`top_p\` cannot both be specified for this model.`,
      CLAUDE_4_5,
    ],
    ["one on Sonnet 4.5", config({ temperature: 0 }), "accepted", CLAUDE_4_5],
    ["both on Sonnet 4.6", config({ temperature: 0, topP: 0.5 }), "accepted", SONNET_4_6],
    ["temperature on GPT-6", config({ temperature: 1 }), unsupported("temperature"), GPT_6],
    ["stopSequences on GPT-6", config({ stopSequences: ["x"] }), unsupported("stopSequences"), GPT_6],
    ["stopSequences on gpt-oss", config({ stopSequences: ["x"] }), unsupported("stopSequences"), GPT_OSS],
    ["temperature on gpt-oss", config({ temperature: 1 }), "accepted", GPT_OSS],
    ["temperature on Grok", config({ temperature: 1 }), unsupported("temperature"), GROK],
    [
      "everything behind a hidden ARN",
      config({ temperature: 1, topP: 1, stopSequences: ["x"] }),
      "accepted",
      HIDDEN,
    ],
    [
      "more tokens than the model writes",
      config({ maxTokens: 64_001 }),
      "400 The maximum tokens you requested exceeds the model limit of 64000.",
      CLAUDE_4_5,
    ],
    ["as many tokens as the model writes", config({ maxTokens: 64_000 }), "accepted", CLAUDE_4_5],
  ]);
});

describe("forced tools", () => {
  const forced = (more: Body = {}) => asks({ toolConfig: { ...look, toolChoice: { any: {} } }, ...more });
  const named = asks({ toolConfig: { ...look, toolChoice: { tool: { name: "look" } } } });
  const thinking = { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } } };
  judge([
    ["any on Opus 5.5", forced(), `${byModel}tool_choice: type 'any' is not supported`, OPUS_5_5],
    ["a tool on Sonnet 5.5", named, `${byModel}tool_choice: type 'tool' is not supported`, SONNET_5_5],
    ["any on Fable 5.1", forced(), `${byModel}tool_choice: type 'any' is not supported`, FABLE],
    [
      "any in Claude's own words",
      fields({ tool_choice: { type: "any" } }, { toolConfig: look }),
      `${byModel}tool_choice: type 'any'`,
      OPUS_5_5,
    ],
    ["any on Opus 5", forced(), "accepted", OPUS_5],
    [
      "any while thinking",
      forced(thinking),
      `${byModel}Thinking may not be enabled when tool_choice forces tool use.`,
      CLAUDE_4_5,
    ],
    ["any on Llama", forced(), unsupported("toolConfig.toolChoice.any"), LLAMA],
    ["a tool on Llama", named, unsupported("toolConfig.toolChoice.tool"), LLAMA],
    ["auto on Llama", asks({ toolConfig: { ...look, toolChoice: { auto: {} } } }), "accepted", LLAMA],
  ]);
});

describe("what a model cannot do at all", () => {
  judge([
    ["tools on Mixtral", asks({ toolConfig: look }), "400 This model doesn't support tool use.", MIXTRAL],
    [
      "a system prompt on Mixtral",
      asks({ system: [{ text: "x" }] }),
      "400 This model doesn't support system messages.",
      MIXTRAL,
    ],
    [
      "tools on Titan",
      asks({ toolConfig: look }),
      "400 This model doesn't support tool use.",
      "amazon.titan-text-express-v1",
    ],
    [
      "streamed tools on Llama",
      asks({ toolConfig: look }),
      "400 This model doesn't support tool use in streaming mode.",
      LLAMA,
      "converse-stream",
    ],
    [
      "tools on the middle Gemma 3",
      asks({ toolConfig: look }),
      "400 This model doesn't support tool use.",
      "google.gemma-3-12b-it",
    ],
    ["tools on the largest Gemma 3", asks({ toolConfig: look }), "accepted", "google.gemma-3-27b-it"],
    ["tools on Llama", asks({ toolConfig: look }), "accepted", LLAMA],
  ]);
});

describe("the last turn", () => {
  const ends = (text: string) => ({ messages: [says("a"), answers({ text })] });
  const refused = `${byModel}This model does not support assistant message prefill. The conversation must end with a user message.`;
  judge([
    ["prefill for Sonnet 4.5", ends("so"), "accepted", CLAUDE_4_5],
    ["prefill for Sonnet 4.6", ends("so"), refused, SONNET_4_6],
    ["prefill for Claude 5", ends("so"), refused, OPUS_5],
    [
      "prefill that ends in a space",
      ends("so "),
      `${byModel}messages: final assistant content cannot end with trailing whitespace`,
      NOVA,
    ],
    [
      "prefill while thinking",
      { ...ends("so"), additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } } },
      refused,
      CLAUDE_4_5,
    ],
  ]);
});

describe("additional fields", () => {
  judge([
    [
      "a key Claude does not know",
      fields({ frequency_penalty: 1 }),
      "400 Malformed input request: #: extraneous key [frequency_penalty] is not permitted, please reformat your input and try again.",
      CLAUDE_4_5,
    ],
    ["keys Claude knows", fields({ top_k: 5, anthropic_beta: ["x"] }), "accepted", CLAUDE_4_5],
    [
      "a key Nova does not know",
      fields({ top_k: 5 }),
      "400 Malformed input request: #: extraneous key [top_k]",
      NOVA,
    ],
    [
      "a beta that is no list",
      fields({ anthropic_beta: "x" }),
      `${byModel}anthropic_beta: Input should be a valid list`,
      CLAUDE_4_5,
    ],
    [
      "a beta that is no name",
      fields({ anthropic_beta: ["x", 1] }),
      `${byModel}anthropic_beta.1: Input should be a valid string`,
      CLAUDE_4_5,
    ],
    ["Claude's thinking on GPT", fields({ thinking: {} }), `${byModel}Unknown parameter: 'thinking'.`, GPT_6],
    ["top_k on GPT", fields({ top_k: 1 }), `${byModel}Unknown parameter: 'top_k'.`, GPT_6],
    ["GPT's reasoning on Grok", fields({ reasoning: {} }), `${byModel}Unknown parameter: 'reasoning'.`, GROK],
    ["top_k on Llama", fields({ top_k: 1 }), extraneous("top_k"), LLAMA],
    ["top_k on Mixtral", fields({ top_k: 1 }), "accepted", MIXTRAL],
    ["thinking on Mixtral", fields({ thinking: {} }), extraneous("thinking"), MIXTRAL],
    ["thinking on Qwen", fields({ thinking: {} }), "accepted", QWEN],
    ["any key of an open model", fields({ chat_template_kwargs: {} }), "accepted", QWEN],
    ["a list", fields([]), "400 The format of the additionalModelRequestFields field is invalid.", QWEN],
    [
      "a path that is no pointer",
      asks({ additionalModelResponseFieldPaths: ["stop_sequence"] }),
      "400 The value stop_sequence in additionalModelResponseFieldPaths is not a valid JSON Pointer.",
      CLAUDE_4_5,
    ],
    [
      "a guardrail without version",
      asks({ guardrailConfig: { guardrailIdentifier: "g" } }),
      "400 guardrailIdentifier and guardrailVersion must be specified together.",
    ],
  ]);
});
