import { describe, expect, it } from "vitest";
import { lessonOf } from "../../../../src/bedrock/learning/lessons.ts";
import type { Traits } from "../../../../src/conversation/traits.ts";
import type { JsonObject } from "../../../../src/conversation/types.ts";
import { extraneousKey, modelError, unsupportedField } from "../../../../src/testing/rules/rule.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields } from "../../../support/conversations.ts";

const taught = (refusal: string, sent: JsonObject = {}, traits = able()) =>
  lessonOf(refusal, traits, asks(fields(sent)));

describe("what AWS refuses once is not sent again", () => {
  it.each<[refusal: string, traits: Partial<Traits>]>([
    [modelError("`temperature` is deprecated for this model."), { sampling: "topP" }],
    [modelError("`top_p` is deprecated for this model."), { sampling: "temperature" }],
    [modelError("`top_k` is deprecated for this model."), { topK: "none" }],
    [
      modelError("`temperature` and `top_p` cannot both be specified for this model. Please use only one."),
      { sampling: "one" },
    ],
    [unsupportedField("temperature"), { sampling: "topP" }],
    [unsupportedField("topP"), { sampling: "temperature" }],
    [unsupportedField("inferenceConfig.temperature"), { sampling: "topP" }],
    [unsupportedField("stopSequences"), { stopSequences: false }],
    [unsupportedField("topK"), { topK: "none" }],
    [unsupportedField("toolConfig.toolChoice.any"), { toolChoice: ["auto", "tool"] }],
    [unsupportedField("toolConfig.toolChoice.tool"), { toolChoice: ["auto", "any"] }],
    [unsupportedField("toolConfig.toolChoice"), { toolChoice: [] }],
    [unsupportedField("toolConfig.tools.toolSpec.strict"), { strictTools: false }],
    [unsupportedField("outputConfig.textFormat"), { structuredOutput: "tool" }],
    [unsupportedField("reasoningContent.reasoningText"), { reasoningReplay: "none" }],
    [unsupportedField("reasoningContent.reasoningText.signature"), { reasoningReplay: "none" }],
    [unsupportedField("image.source.s3Location"), { s3Media: false }],
    [unsupportedField("toolResult.status"), { toolResultStatus: false }],
    [unsupportedField("cachePoint.ttl"), { cacheTtl: false }],
    [unsupportedField("cachePoint"), { cachePoints: [] }],
    [unsupportedField("serviceTier"), { serviceTiers: [] }],
    [modelError("tools.0.custom.strict: Extra inputs are not permitted"), { strictTools: false }],
    [modelError("output_config.format: Extra inputs are not permitted"), { structuredOutput: "tool" }],
    [modelError("cache_control.ephemeral.ttl: Extra inputs are not permitted"), { cacheTtl: false }],
    [
      modelError("tool_choice: type 'any' is not supported on this model. Use 'auto'."),
      { toolChoice: ["auto", "tool"] },
    ],
    ["This model doesn't support tool use.", { tools: false }],
    ["This model doesn't support tool use in streaming mode.", { streamingTools: false }],
    ["This model doesn't support system messages. Try again without a system message or", { system: false }],
    ["This model doesn't support documents. Try again without documents or", { documents: false }],
    ["This model doesn't support the image content block that you provided. Update", { images: false }],
    ["This model doesn't support the video content block that you provided. Update", { video: false }],
    ["This model doesn't support the audio content block that you provided. Update", { audio: false }],
    [
      "This model doesn't support the image field that you provided in the toolResult content block. Update the content",
      { toolResultMedia: [] },
    ],
    [
      modelError(
        "This model does not support assistant message prefill. The conversation must end with a user message.",
      ),
      { prefill: false },
    ],
    [modelError("messages.3: role 'system' is not supported on this model"), { systemTurns: false }],
    [
      "User messages cannot contain reasoning content. Please remove the reasoning content",
      { reasoningReplay: "none" },
    ],
    [
      "The maximum tokens you requested exceeds the model limit of 8192. Try again with a maximum tokens value that is",
      { maxOutputTokens: 8192 },
    ],
    ["Extended TTL prompt caching is only supported for Anthropic models", { cacheTtl: false }],
    ["The service tier flex is not supported for a.b.", { serviceTiers: ["priority", "reserved"] }],
    ["Latency performance configuration is not supported for a.b.", { optimizedLatency: false }],
    [
      "You invoked an unsupported model or your request did not allow prompt caching. See the documentation",
      { cachePoints: [] },
    ],
  ])("%s", (refusal, traits) => {
    expect(taught(refusal)).toEqual({ traits, remembered: true });
  });

  it("a thinking budget on a Claude that thinks only by effort", () => {
    const refusal = modelError(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort"',
    );
    expect(taught(refusal)).toMatchObject({
      traits: { prefill: false, reasoning: { kind: "adaptive", off: "omit" } },
      remembered: true,
    });
  });

  it.each([
    [
      "Unsupported value: 'reasoning.effort' does not support 'minimal' with this model. Supported values are: 'none', 'low', and 'xhigh'.",
      ["none", "low", "xhigh"],
    ],
    [
      "Unsupported value: 'reasoning_effort' does not support 'max' with this model. Supported values are: 'low', 'medium', and 'high'.",
      ["low", "medium", "high"],
    ],
    [
      modelError(
        "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.",
      ),
      ["low", "medium", "high", "max"],
    ],
  ])("an effort that the model does not know, which says those that it knows: %s", (refusal, efforts) => {
    const reasoning = { kind: "flat", efforts: ["low"], off: "never" } as const;
    expect(taught(refusal, {}, able({ reasoning }))).toEqual({
      traits: { reasoning: { ...reasoning, efforts } },
      remembered: true,
    });
  });
});

describe("a field that AWS refuses of those that were sent", () => {
  it.each<[refusal: string, sent: JsonObject, path: string[]]>([
    [extraneousKey("foo"), { foo: 1 }, ["foo"]],
    [extraneousKey("foo", "#/reasoningConfig"), { reasoningConfig: { foo: 1 } }, ["reasoningConfig", "foo"]],
    [extraneousKey("a.b"), { "a.b": 1, a: { b: 2 } }, ["a.b"]],
    [modelError("foo: Extra inputs are not permitted"), { foo: 1 }, ["foo"]],
    [modelError("foo.bar: Extra inputs are not permitted"), { foo: { bar: 1 } }, ["foo", "bar"]],
    [
      modelError("thinking.adaptive.display: Extra inputs are not permitted"),
      { thinking: { type: "adaptive", display: "omitted" } },
      ["thinking", "display"],
    ],
    [modelError("Unknown parameter: 'foo'."), { foo: 1 }, ["foo"]],
    [modelError("Unknown parameter: 'foo.bar'."), { foo: { bar: 1 } }, ["foo", "bar"]],
  ])("%s", (refusal, sent, path) => {
    expect(taught(refusal, sent, able({ refusedFields: [["known"]] }))).toEqual({
      traits: { refusedFields: [["known"], path] },
      remembered: true,
    });
  });

  it.each([
    ["that was not sent", extraneousKey("thinking"), { foo: 1 }],
    ["of the prototype", extraneousKey("constructor"), { foo: 1 }],
    ["of the prototype, by a path", extraneousKey("name", "#/toString"), { foo: 1 }],
    ["called __proto__", extraneousKey("__proto__"), { foo: 1 }],
    ["that is no name", extraneousKey("a b; [c]"), { "a b; [c]": 1 }],
    ["of a megabyte", extraneousKey("x".repeat(1_000_000)), { foo: 1 }],
    [
      "inside the messages",
      modelError("messages.0.content.1.text: Extra inputs are not permitted"),
      { messages: 1 },
    ],
    ["inside a tool", modelError("tools.0.custom.foo: Extra inputs are not permitted"), { foo: 1 }],
  ])("%s teaches nothing", (_, refusal, sent) => {
    expect(taught(refusal, sent)).toBeUndefined();
  });
});

describe("what was wrong with one request alone", () => {
  it.each<[refusal: string, traits: Partial<Traits>]>([
    [modelError("invalid beta flag"), { anthropicBeta: false }],
    [
      modelError(
        "Malformed input request: #/toolConfig/tools/0/toolSpec/inputSchema/json: extraneous key [title] is not permitted, please reformat",
      ),
      { toolSchema: "plain" },
    ],
    [
      modelError(
        "messages.3.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation",
      ),
      { reasoningReplay: "none" },
    ],
    [modelError("The compiled grammar is too large"), { strictTools: false, structuredOutput: "tool" }],
    [
      modelError("output_config.format.schema: Reference '#/a' not found in schema"),
      { strictTools: false, structuredOutput: "tool" },
    ],
    [
      modelError(
        "tools.2.custom.input_schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
      ),
      { strictTools: false, structuredOutput: "tool" },
    ],
    [
      modelError("adaptive thinking is not supported on this model"),
      { reasoning: { kind: "none", efforts: [], off: "omit" } },
    ],
  ])("is mended once and not remembered: %s", (refusal, traits) => {
    expect(taught(refusal)).toEqual({ traits, remembered: false });
  });
});

describe("a refusal that quotes a caller", () => {
  const QUOTES = [
    "This model doesn't support tool use.",
    "This model doesn't support system messages.",
    "#/a/b: extraneous key [thinking] is not permitted",
    "thinking: Extra inputs are not permitted",
    "`temperature` is deprecated for this model.",
    "The model returned the following errors: This model doesn't support tool use.",
    "You invoked an unsupported model or your request did not allow prompt caching",
    "messages.0: Invalid `signature` in `thinking` block",
  ];

  it.each(QUOTES)("teaches nothing of what is quoted: %s", (quoted) => {
    const sent = { thinking: { type: "adaptive" }, a: { b: { thinking: 1 } } };
    for (const refusal of [
      modelError(`Tool '${quoted}' not found in provided tools`),
      `1 validation error detected: Value '${quoted}' at 'messages.1.member.role' failed to satisfy constraint`,
      `The format of the value at messages.0: "${quoted}" is invalid.`,
      modelError(`Tool call id was ${quoted} but must be a-z, A-Z, 0-9, with a length of 9.`),
      `\n${quoted}`,
      ` ${quoted}`,
    ])
      expect(taught(refusal, sent)).toBeUndefined();
  });

  it.each([
    "",
    "Too many requests",
    "The provided model identifier is invalid.",
    "x".repeat(1_000_000),
    "#".repeat(100_000),
    "#/".repeat(100_000),
  ])("or says something else teaches nothing", (refusal) =>
    expect(taught(refusal, { foo: 1 })).toBeUndefined(),
  );
});
