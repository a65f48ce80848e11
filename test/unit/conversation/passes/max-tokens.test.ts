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

  describe("that a body must name", () => {
    const required = able({ limitRequired: true, maxOutputTokens: 8192 });

    it("is all that the model writes where nobody set one, as Converse gives it, and no note is made of it", () => {
      expect(maxTokens(asks(), required)).toEqual({
        conversation: asks({ inferenceConfig: { maxTokens: 8192 } }),
        adjustments: [],
      });
      const warm = asks({ inferenceConfig: { temperature: 0 } });
      expect(maxTokens(warm, required).conversation).toEqual(limited(8192));
    });

    it("is the caller's where there is one, and never above the model's", () => {
      expect(maxTokens(limited(7), required)).toEqual({ conversation: limited(7), adjustments: [] });
      const { conversation, adjustments } = maxTokens(limited(9000), required);
      expect(conversation).toEqual(limited(8192));
      expect(adjustments).toMatchObject([{ action: "clamped" }]);
    });

    it("is left to the body where nobody knows what the model writes", () => {
      expect(maxTokens(asks(), able({ limitRequired: true }))).toEqual({
        conversation: asks(),
        adjustments: [],
      });
    });

    it("is the same the second time", () => {
      const once = maxTokens(asks(), required).conversation;
      expect(maxTokens(once, required)).toEqual({ conversation: once, adjustments: [] });
    });
  });
});
