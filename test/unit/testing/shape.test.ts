import { describe, expect, it } from "vitest";
import { emulator, post, says, verdict } from "./support.ts";
import type { Body } from "./support.ts";

const tool = (toolSpec: Body) => ({ messages: [says("hi")], toolConfig: { tools: [{ toolSpec }] } });
const schema = { json: { type: "object" } };
const block = (content: Body) => ({ messages: [{ role: "user", content: [content] }] });
const one = (sentence: string) => `400 1 validation error detected: ${sentence}`;

describe("constraints, in AWS's words", () => {
  it.each<[string, Body, string]>([
    [
      "an enum",
      { messages: [{ role: "tool", content: [] }] },
      "Value 'tool' at 'messages.1.member.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]",
    ],
    [
      "a pattern",
      tool({ name: "a b", inputSchema: schema }),
      "Value 'a b' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
    ],
    [
      "a length",
      tool({ name: "x".repeat(65), inputSchema: schema }),
      `Value '${"x".repeat(65)}' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      "a maximum",
      { messages: [says("hi")], inferenceConfig: { temperature: 1.5 } },
      "Value at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1",
    ],
    [
      "a minimum",
      { messages: [says("hi")], inferenceConfig: { maxTokens: 0 } },
      "Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a required member",
      { messages: [{ role: "user" }] },
      "Value at 'messages.1.member.content' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an empty list",
      { messages: [says("hi")], toolConfig: { tools: [] } },
      "Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "an empty string in a list",
      { messages: [says("hi")], inferenceConfig: { stopSequences: ["a", ""] } },
      "Value '' at 'inferenceConfig.stopSequences.2.member' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "metadata, without showing it",
      { messages: [says("hi")], requestMetadata: { team: "a;b" } },
      "Value at 'requestMetadata.team' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9\\s:_@$#=/+,-.]{0,256}",
    ],
  ])("names %s", async (_, body, sentence) => {
    expect(await verdict(await emulator(), body)).toBe(one(sentence));
  });

  it("tells all broken constraints at once", async () => {
    const body = { messages: [says("hi")], inferenceConfig: { temperature: 2, topP: -1 } };
    expect(await verdict(await emulator(), body)).toMatch(
      /^400 2 validation errors detected: .*temperature.*; .*topP/,
    );
  });
});

describe("unions", () => {
  it.each<[string, Body]>([
    ["no member", {}],
    ["two members", { text: "a", cachePoint: { type: "default" } }],
    ["an unknown member", { input_text: "a" }],
    ["null for a member", { text: null }],
  ])("are refused with %s", async (_, content) => {
    expect(await verdict(await emulator(), block(content))).toMatch(
      /^400 ContentBlock object at messages\.0\.content\.0 must set one of the following keys: text, image, document/,
    );
  });

  it("are refused inside other blocks, by name and place", async () => {
    const body = block({ image: { format: "png", source: {} } });
    expect(await verdict(await emulator(), body)).toBe(
      "400 ImageSource object at messages.0.content.0.image.source must set one of the following keys: bytes, s3Location.",
    );
  });
});

describe("types", () => {
  it.each<[string, Body, string]>([
    ["a string for a list", { messages: "hi" }, "STRING_VALUE can not be converted to a List"],
    ["a string for an object", { messages: ["hi"] }, "STRING_VALUE can not be converted to a Structure"],
    ["a number for a string", block({ text: 1 }), "NUMBER_VALUE can not be converted to a String"],
    [
      "a string for a number",
      { messages: [says("hi")], inferenceConfig: { topP: "1" } },
      "STRING_VALUE can not be converted to a Float",
    ],
    [
      "a fraction for an integer",
      { messages: [says("hi")], inferenceConfig: { maxTokens: 1.5 } },
      "NUMBER_VALUE can not be converted to an Integer",
    ],
    [
      "more than an int holds",
      { messages: [says("hi")], inferenceConfig: { maxTokens: 2 ** 31 } },
      "Numeric value (2147483648) out of range of int",
    ],
    [
      "bytes that are no base64",
      block({ image: { format: "png", source: { bytes: "data:image/png;base64,AA==" } } }),
      "A blob is not valid base64",
    ],
  ])("%s is a SerializationException", async (_, body, message) => {
    const answer = await post(await emulator(), body);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^SerializationException:/);
    expect([answer.status, answer.json()]).toEqual([400, { message }]);
  });

  it("members that AWS does not know are ignored, and null is absent", async () => {
    const body = {
      messages: [{ ...says("hi"), name: "x" }],
      system: null,
      model: "gpt",
      inferenceConfig: { topK: 3 },
    };
    expect(await verdict(await emulator(), body)).toBe("accepted");
  });

  it("the guardrail's stream mode is ignored on Converse and checked on ConverseStream", async () => {
    const guardrailConfig = {
      guardrailIdentifier: "g",
      guardrailVersion: "1",
      streamProcessingMode: "later",
    };
    const body = { messages: [says("hi")], guardrailConfig };
    const bedrock = await emulator();
    expect(await verdict(bedrock, body)).toBe("accepted");
    expect(await verdict(bedrock, body, undefined, "converse-stream")).toContain(
      "enum value set: [sync, async]",
    );
  });
});
