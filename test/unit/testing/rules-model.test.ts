import { describe, expect, it } from "vitest";
import {
  answers,
  asks,
  call,
  doc,
  fields,
  look,
  point,
  result,
  tool,
  user,
  withTools,
} from "./conversations.ts";
import type { Case } from "./conversations.ts";
import { CLAUDE_4_5, CLAUDE_OPUS_4_8, emulator, HIDDEN, NOVA, says, verdict } from "./support.ts";
import type { Body } from "./support.ts";
import { signReasoning } from "../../../src/testing/answers/reasoning-signature.ts";

const model = "400 The model returned the following errors: ";
const unsupported = (path: string) =>
  `400 This model doesn't support the ${path} field. Remove ${path} and try again.`;
const config = (inferenceConfig: Body) => asks({ inferenceConfig });

const SONNET_4_6 = "us.anthropic.claude-sonnet-4-6";
const OPUS_5_5 = "us.anthropic.claude-opus-5-5";
const SONNET_5_5 = "us.anthropic.claude-sonnet-5-5";
const OPUS_5 = "us.anthropic.claude-opus-5";
const FABLE = "us.anthropic.claude-fable-5-1";
const GPT_6 = "us.openai.gpt-6-sol";
const GPT_OSS = "openai.gpt-oss-120b-1:0";
const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
const MIXTRAL = "mistral.mixtral-8x7b-instruct-v0:1";
const QWEN = "qwen.qwen3-32b-v1:0";

const judge = (cases: Case[]) =>
  it.each(cases)("%s", async (_, body, expected, ...target) => {
    const said = await verdict(await emulator(), body, ...target);
    expect(said.slice(0, expected.length)).toBe(expected);
  });

describe("sampling", () => {
  const deprecated = (name: string) => `${model}\`${name}\` is deprecated for this model.`;
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
      `${model}\`temperature\` and \`top_p\` cannot both be specified for this model.`,
      CLAUDE_4_5,
    ],
    ["one on Sonnet 4.5", config({ temperature: 0 }), "accepted", CLAUDE_4_5],
    ["both on Sonnet 4.6", config({ temperature: 0, topP: 0.5 }), "accepted", SONNET_4_6],
    ["temperature on GPT-6", config({ temperature: 1 }), unsupported("temperature"), GPT_6],
    ["stopSequences on GPT-6", config({ stopSequences: ["x"] }), unsupported("stopSequences"), GPT_6],
    ["stopSequences on gpt-oss", config({ stopSequences: ["x"] }), unsupported("stopSequences"), GPT_OSS],
    ["temperature on gpt-oss", config({ temperature: 1 }), "accepted", GPT_OSS],
    ["temperature on Grok", config({ temperature: 1 }), unsupported("temperature"), "us.xai.grok-4.7"],
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
    ["any on Opus 5.5", forced(), `${model}tool_choice: type 'any' is not supported`, OPUS_5_5],
    ["a tool on Sonnet 5.5", named, `${model}tool_choice: type 'tool' is not supported`, SONNET_5_5],
    ["any on Fable 5.1", forced(), `${model}tool_choice: type 'any' is not supported`, FABLE],
    [
      "any in Claude's own words",
      fields({ tool_choice: { type: "any" } }, { toolConfig: look }),
      `${model}tool_choice: type 'any'`,
      OPUS_5_5,
    ],
    ["any on Opus 5", forced(), "accepted", OPUS_5],
    [
      "any while thinking",
      forced(thinking),
      `${model}Thinking may not be enabled when tool_choice forces tool use.`,
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
    ["tools on Llama", asks({ toolConfig: look }), "accepted", LLAMA],
  ]);
});

describe("thinking", () => {
  const budget = (budget_tokens: unknown, inferenceConfig: Body = { maxTokens: 4096 }) =>
    fields({ thinking: { type: "enabled", budget_tokens } }, { inferenceConfig });
  const adaptive = fields({ thinking: { type: "adaptive" } });
  judge([
    ["with a fair budget", budget(1024), "accepted", CLAUDE_4_5],
    [
      "without a budget",
      budget(undefined),
      `${model}thinking.enabled.budget_tokens: Field required`,
      CLAUDE_4_5,
    ],
    [
      "with a budget below 1024",
      budget(1000),
      `${model}thinking.enabled.budget_tokens: Input should be greater than or equal to 1024`,
      CLAUDE_4_5,
    ],
    [
      "with a budget as large as maxTokens",
      budget(4096),
      `${model}\`max_tokens\` must be greater than \`thinking.budget_tokens\`.`,
      CLAUDE_4_5,
    ],
    [
      "with a temperature",
      budget(1024, { maxTokens: 4096, temperature: 0.5 }),
      `${model}\`temperature\` may only be set to 1 when thinking is enabled.`,
      CLAUDE_4_5,
    ],
    ["with temperature 1", budget(1024, { maxTokens: 4096, temperature: 1 }), "accepted", CLAUDE_4_5],
    [
      "with a budget on Opus 4.8",
      budget(1024),
      `${model}"thinking.type.enabled" is not supported for this model.`,
      CLAUDE_OPUS_4_8,
    ],
    ["adaptive on Opus 4.8", adaptive, "accepted", CLAUDE_OPUS_4_8],
    [
      "adaptive on Sonnet 4.5",
      adaptive,
      `${model}adaptive thinking is not supported on this model`,
      CLAUDE_4_5,
    ],
    [
      "disabled on Opus 5.5",
      fields({ thinking: { type: "disabled" } }),
      `${model}disabled thinking is not supported on this model`,
      OPUS_5_5,
    ],
    ["disabled on Opus 5", fields({ thinking: { type: "disabled" } }), "accepted", OPUS_5],
    [
      "without the thinking block before replayed calls",
      {
        ...withTools(says("a"), answers(call("1")), user(result("1"))),
        additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
      },
      `${model}messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`.`,
      CLAUDE_4_5,
    ],
    [
      "Nova at high effort with maxTokens",
      fields(
        { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } },
        { inferenceConfig: { maxTokens: 9 } },
      ),
      `${model}temperature, topP and maxTokens must be unset`,
      "us.amazon.nova-2-lite-v1:0",
    ],
  ]);
});

describe("replayed reasoning", () => {
  const replay = (reasoningText: Body) => ({
    messages: [says("a"), answers({ reasoningContent: { reasoningText } }, { text: "b" }), says("c")],
  });
  judge([
    [
      "unsigned, for Claude",
      replay({ text: "x" }),
      `${model}messages.1.content.0.thinking.signature: Field required`,
      CLAUDE_4_5,
    ],
    ["with a foreign signature, for Claude", replay({ text: "x", signature: "sig" }), "accepted", CLAUDE_4_5],
    [
      "signed by the emulator, for Claude",
      replay({ text: "x", signature: signReasoning("x") }),
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "changed after signing",
      replay({ text: "y", signature: signReasoning("x") }),
      `${model}messages.1.content.0: Invalid \`signature\` in \`thinking\` block`,
      CLAUDE_4_5,
    ],
    [
      "signed, for another vendor",
      replay({ text: "x", signature: "sig" }),
      "400 This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again.",
      QWEN,
    ],
    ["unsigned, for another vendor", replay({ text: "x" }), "accepted", QWEN],
  ]);
});

describe("the last turn", () => {
  const ends = (text: string) => ({ messages: [says("a"), answers({ text })] });
  const refused = `${model}This model does not support assistant message prefill. The conversation must end with a user message.`;
  judge([
    ["prefill for Sonnet 4.5", ends("so"), "accepted", CLAUDE_4_5],
    ["prefill for Sonnet 4.6", ends("so"), refused, SONNET_4_6],
    ["prefill for Claude 5", ends("so"), refused, OPUS_5],
    [
      "prefill that ends in a space",
      ends("so "),
      `${model}messages: final assistant content cannot end with trailing whitespace`,
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

describe("cache points", () => {
  const nothing = "400 There is nothing available to cache.";
  const many = (count: number) => ({
    messages: [user(...Array.from({ length: count }, () => [{ text: "a" }, point()]).flat())],
  });
  judge([
    ["after text", { messages: [user({ text: "a" }, point())] }, "accepted", CLAUDE_4_5],
    ["first in a message", { messages: [user(point(), { text: "a" })] }, nothing, CLAUDE_4_5],
    [
      "first in a later message",
      { messages: [says("a"), answers({ text: "b" }), user(point(), { text: "a" })] },
      nothing,
      CLAUDE_4_5,
    ],
    ["first in the system prompt", asks({ system: [point(), { text: "a" }] }), nothing, CLAUDE_4_5],
    ["four", many(4), "accepted", CLAUDE_4_5],
    [
      "five",
      many(5),
      `${model}A maximum of 4 blocks with cache_control may be provided. Found 5.`,
      CLAUDE_4_5,
    ],
    [
      "an hour after five minutes",
      { messages: [user({ text: "a" }, point(), { text: "b" }, point("1h"))] },
      `${model}a ttl='1h' cache_control block must not come after`,
      CLAUDE_4_5,
    ],
    [
      "five minutes after an hour",
      { messages: [user({ text: "a" }, point("1h"), { text: "b" }, point())] },
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "after reasoning",
      {
        messages: [
          says("a"),
          answers({ reasoningContent: { reasoningText: { text: "x", signature: "s" } } }, point(), {
            text: "b",
          }),
          says("c"),
        ],
      },
      "400 Cache point cannot be inserted after reasoning block.",
      CLAUDE_4_5,
    ],
    [
      "after a text document",
      { messages: [user({ text: "a" }, doc("b"), point())] },
      `${model}messages.0.content.2.type: Field required`,
      CLAUDE_4_5,
    ],
    [
      "after a PDF",
      { messages: [user({ text: "a" }, doc("b", { format: "pdf" }), point())] },
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "on a model without a cache",
      { messages: [user({ text: "a" }, point())] },
      "403 You invoked an unsupported model or your request did not allow prompt caching.",
      QWEN,
    ],
    [
      "behind Nova's tools",
      asks({ toolConfig: { tools: [tool(), point()] } }),
      "403 You invoked an unsupported model",
      NOVA,
    ],
  ]);
});

describe("structured output", () => {
  const format = (schema: unknown) =>
    asks({
      outputConfig: {
        textFormat: {
          type: "json_schema",
          structure: { jsonSchema: { schema: typeof schema === "string" ? schema : JSON.stringify(schema) } },
        },
      },
    });
  const closed = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
  const strict = (json: Body) =>
    asks({ toolConfig: { tools: [tool("look", { strict: true, inputSchema: { json } })] } });
  judge([
    ["on Sonnet 4.5", format(closed), "accepted", CLAUDE_4_5],
    ["on Qwen", format(closed), "accepted", QWEN],
    [
      "on Opus 4.8",
      format(closed),
      `${model}output_config.format: Extra inputs are not permitted`,
      CLAUDE_OPUS_4_8,
    ],
    ["on Nova", format(closed), unsupported("outputConfig.textFormat"), NOVA],
    [
      "that is no JSON",
      format("{"),
      "400 The value at outputConfig.textFormat.structure.jsonSchema.schema must be a valid JSON schema.",
      CLAUDE_4_5,
    ],
    [
      "with an open object",
      format({ type: "object", properties: { a: { type: "object" } }, additionalProperties: false }),
      `${model}output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false`,
      CLAUDE_4_5,
    ],
    [
      "with a bound",
      format({ ...closed, properties: { a: { type: "integer", minimum: 1 } } }),
      `${model}output_config.format.schema: For 'integer' type, property 'minimum' is not supported`,
      CLAUDE_4_5,
    ],
    [
      "with a property called minimum",
      format({ ...closed, properties: { minimum: { type: "integer" } } }),
      "accepted",
      CLAUDE_4_5,
    ],
    ["strict tools on Sonnet 4.5", strict(closed), "accepted", CLAUDE_4_5],
    [
      "strict tools on Opus 4.8",
      strict(closed),
      `${model}tools.0.custom.strict: Extra inputs are not permitted`,
      CLAUDE_OPUS_4_8,
    ],
    [
      "strict tools with an open object",
      strict({ type: "object" }),
      `${model}tools.0.custom.input_schema: For 'object' type`,
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
