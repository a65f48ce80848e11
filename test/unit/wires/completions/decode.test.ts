import { describe, expect, it } from "vitest";
import { completionRequest } from "../../../../src/openai/completion-request.ts";
import { decode } from "../../../../src/wires/completions/decode.ts";

const prompts = [
  { text: "One", at: "prompt[0]" },
  { text: "Two", at: "prompt[1]" },
];
const decoded = (body: object, texts = prompts) =>
  decode(completionRequest.parse({ model: "m", prompt: "x", ...body }), texts);
const first = (body: object) => decoded(body)[0]!;
const notes = (body: object): string[] =>
  first(body).adjustments.map(({ param, action }) => `${param} ${action}`);

describe("a prompt", () => {
  it("is the user's only turn, with no instruction beside it", () => {
    expect(decoded({}).map(({ conversation }) => conversation)).toEqual(
      ["One", "Two"].map((text) => ({ messages: [{ role: "user", content: [{ text }] }] })),
    );
  });

  it("keeps the name of its place for whoever complains of it", () => {
    const [, second] = decoded({});
    expect([...second!.places.values()]).toEqual(["prompt[1]"]);
  });

  it("has no limit of 16 tokens unless it asks for one", () => {
    expect(first({}).conversation.inferenceConfig).toBeUndefined();
    expect(first({ max_tokens: 16 }).conversation.inferenceConfig).toEqual({ maxTokens: 16 });
  });
});

describe("parameters", () => {
  it("reach every prompt's conversation as they reach a chat's", () => {
    const guardrailConfig = { guardrailIdentifier: "g", guardrailVersion: "1" };
    const asked = {
      temperature: 0.5,
      top_p: 0.9,
      stop: "END",
      top_k: 3,
      user: "u",
      guardrailConfig,
      min_p: 0.1,
    };
    for (const { conversation, foreign } of decoded({
      ...asked,
      service_tier: "flex",
      reasoning_effort: "low",
    })) {
      expect(conversation).toMatchObject({
        inferenceConfig: { temperature: 0.5, topP: 0.9, stopSequences: ["END"] },
        additionalModelRequestFields: { min_p: 0.1, top_k: 3 },
        requestMetadata: { user: "u" },
        serviceTier: { type: "flex" },
        outputConfig: { effort: "low" },
        guardrailConfig,
      });
      expect([...foreign]).toEqual(["min_p"]);
    }
  });

  it.each<[object, string[]]>([
    [{ logprobs: 0 }, ["logprobs dropped"]],
    [{ logit_bias: { 50256: -100 } }, ["logit_bias dropped"]],
    [{ best_of: 3 }, ["best_of dropped"]],
    [{ best_of: 3, n: 3 }, []],
    [{ best_of: 1, n: 3 }, []],
    [{ max_tokens: 0 }, ["max_tokens clamped"]],
    [
      { messages: [{}], tools: [{}], response_format: { type: "text" } },
      ["messages dropped", "tools dropped", "response_format dropped"],
    ],
    [{ api_key: "secret" }, ["api_key dropped"]],
    [{ echo: true, suffix: "", stream: true, logprobs: null, logit_bias: {} }, []],
  ])("without a place here are named, and never sent: %j", (body, expected) => {
    expect(notes(body).toSorted()).toEqual(expected.toSorted());
    expect(first(body).conversation.additionalModelRequestFields).toBeUndefined();
  });

  it("that would change the answer's meaning are refused", () => {
    expect(() => decoded({ suffix: "}" })).toThrow(
      expect.objectContaining({ status: 400, code: "unsupported_parameter", param: "suffix" }),
    );
  });

  it("may not ask for more answers than one request should cost", () => {
    const many = Array.from({ length: 100 }, () => prompts[0]!);
    expect(() => decoded({ n: 21 }, many)).toThrow(expect.objectContaining({ status: 400, param: "n" }));
    expect(decoded({ n: 20 }, many)).toHaveLength(100);
  });
});
