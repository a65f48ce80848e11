import { expect, it } from "vitest";
import type { ContentBlock, ConverseResponse } from "../../../../src/conversation/types.ts";
import { encode } from "../../../../src/wires/completions/encode.ts";
import { assertSchema } from "../../../support/openai-schema.ts";

const head = { id: "cmpl-1", created: 1_700_000_000, model: "m" };
const usage = { inputTokens: 3, outputTokens: 5, totalTokens: 8, cacheReadInputTokens: 10 };
const says = (content: ContentBlock[], stopReason = "end_turn"): ConverseResponse => ({
  output: { message: { role: "assistant", content } },
  stopReason,
  usage,
  metrics: { latencyMs: 1 },
});

it("an answer is its text: no thoughts, no calls", () => {
  const thought = { reasoningContent: { reasoningText: { text: "hm", signature: "s" } } };
  const call = { toolUse: { toolUseId: "t", name: "f", input: {} } };
  const completion = encode([says([thought, { text: "One" }, call, { text: " two" }], "tool_use")], head);
  assertSchema("CreateCompletionResponse", completion);
  expect(completion).toEqual({
    ...head,
    object: "text_completion",
    choices: [{ text: "One two", index: 0, logprobs: null, finish_reason: "stop" }],
    usage: {
      prompt_tokens: 13,
      completion_tokens: 5,
      total_tokens: 18,
      prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 0 },
    },
  });
});

it.each([
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["guardrail_intervened", "content_filter"],
])("an answer that ended by %s is told as %s", (stopReason, finish) => {
  expect(encode([says([{ text: "x" }], stopReason)], head).choices[0]!.finish_reason).toBe(finish);
});

it("choices keep their order, begin with their own prompt, and cost together", () => {
  const completion = encode([says([{ text: "1" }]), says([{ text: "2" }])], head, ["one ", "two "]);
  expect(completion.choices.map(({ index, text }) => [index, text])).toEqual([
    [0, "one 1"],
    [1, "two 2"],
  ]);
  expect(completion.usage.total_tokens).toBe(36);
});

it("an unusable answer is a failure, not a short text", () => {
  expect(() => encode([says([{ text: "x" }], "malformed_model_output")], head)).toThrow("malformed");
});
