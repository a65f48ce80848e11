import { describe, expect, it } from "vitest";
import { nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import * as dialects from "../../../../src/dialects/dialects.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import { continues, toConverseResponse } from "../../../../src/bedrock/surfaces/native-answer.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { asks, assistant, says, user } from "../../../support/conversations.ts";

const invoked = (id: string): Target => {
  const named = nameModel({ model: `invoke/${id}` });
  return toTarget(named, named.family ?? "", {}, () => ({}), dialects);
};
const LLAMA = invoked("meta.llama3-8b-instruct-v1:0");
const R1 = invoked("us.deepseek.r1-v1:0");

const told = (body: unknown, headers = {}, conversation: Conversation = asks(), target = LLAMA) =>
  toConverseResponse(body, headers, { target, conversation });

const SAID = { generation: "Hi", stop_reason: "stop", prompt_token_count: 2, generation_token_count: 1 };
const BLOCKED = { "amazon-bedrock-guardrailAction": "INTERVENED" };

describe("a whole native answer", () => {
  it("is told as Converse tells it", () => {
    const headers = {
      "x-amzn-bedrock-invocation-latency": "12",
      "x-amzn-bedrock-service-tier": "flex",
      "x-amzn-bedrock-input-token-count": "9",
    };
    expect(told(SAID, headers)).toEqual({
      output: { message: { role: "assistant", content: [{ text: "Hi" }] } },
      stopReason: "end_turn",
      usage: { inputTokens: 2, outputTokens: 1, totalTokens: 3 },
      metrics: { latencyMs: 12 },
      serviceTier: { type: "flex" },
    });
  });

  it("has what the caller pointed at, and a trace", () => {
    const trace = { guardrail: { a: 1 } };
    const asked = asks({ additionalModelResponseFieldPaths: ["/stop_reason"] });
    expect(told({ ...SAID, "amazon-bedrock-trace": trace }, {}, asked)).toMatchObject({
      additionalModelResponseFields: { stop_reason: "stop" },
      trace,
    });
  });

  it.each([undefined, null, "Hi", 7, [], {}, { message: "no" }])("is none: %j", (body) => {
    expect(() => told(body)).toThrow(expect.objectContaining({ status: 502, code: "empty_response" }));
  });
});

describe("a guardrail", () => {
  it("has the last word on why it ended", () => {
    expect(told({ ...SAID, ...BLOCKED })).toMatchObject({
      stopReason: "guardrail_intervened",
      output: { message: { content: [{ text: "Hi" }] } },
    });
  });

  it("needs no answer beside its verdict", () => {
    expect(told(BLOCKED)).toMatchObject({
      stopReason: "guardrail_intervened",
      output: { message: { content: [] } },
    });
  });

  it("speaks aloud also where the prompt has opened the thoughts", () => {
    const body = { choices: [{ text: "Sorry.", stop_reason: "stop" }], ...BLOCKED };
    expect(told(body, {}, asks(), R1).output.message.content).toContainEqual({ text: "Sorry." });
    const thought = { choices: [{ text: "hm</think>Sorry.", stop_reason: "stop" }], ...BLOCKED };
    expect(told(thought, {}, asks(), R1).output.message.content).toEqual([
      { reasoningContent: { reasoningText: { text: "hm" } } },
      { text: "Sorry." },
    ]);
  });
});

it("a conversation is gone on with where the model has the last word", () => {
  expect(continues(says(user("a"), assistant("b")))).toBe(true);
  expect(continues(says(user("a")))).toBe(false);
  expect(continues({ messages: [] })).toBe(false);
});
