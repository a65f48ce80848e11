import { describe, expect, it } from "vitest";
import { maxTokens } from "../../../../src/conversation/passes/max-tokens.ts";
import { able } from "../../../support/chat-models.ts";
import { asks } from "../../../support/conversations.ts";

const limited = (tokens: number) => asks({ inferenceConfig: { temperature: 0, maxTokens: tokens } });

describe("a limit on the answer", () => {
  it("above what the model writes is refused, so it is the most that it writes, and a note says so", () => {
    const { conversation, adjustments } = maxTokens(limited(100_000), able({ maxOutputTokens: 8192 }));
    expect(conversation).toEqual(limited(8192));
    expect(adjustments).toMatchObject([{ param: "max_completion_tokens", action: "clamped" }]);
  });

  it.each([1, 8191, 8192])("within it stays: %i", (tokens) => {
    expect(maxTokens(limited(tokens), able({ maxOutputTokens: 8192 }))).toEqual({
      conversation: limited(tokens),
      adjustments: [],
    });
  });

  it("that nobody set is not set, and one of a model whose limit is unknown stays", () => {
    expect(maxTokens(asks(), able({ maxOutputTokens: 1 }))).toEqual({
      conversation: asks(),
      adjustments: [],
    });
    expect(maxTokens(limited(1_000_000), able())).toEqual({
      conversation: limited(1_000_000),
      adjustments: [],
    });
  });
});
