import { describe, expect, it } from "vitest";
import { costOf } from "../../../src/record/cost.ts";
import { count, tokensIn, tokensInChat } from "../../../src/record/count.ts";
import { createRecord } from "../../../src/record/record.ts";

const NONE = { input: 0, output: 0, cached: 0, written: 0, writtenForAnHour: 0, reasoning: 0 };

describe("tokens", () => {
  it("of the prompt hold what came from the cache and what went into it", () => {
    const usage = {
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 63,
      cacheReadInputTokens: 10,
      cacheWriteInputTokens: 50,
      cacheDetails: [
        { ttl: "5m", inputTokens: 20 },
        { ttl: "1h", inputTokens: 30 },
      ],
    };
    const tokens = { input: 61, output: 2, cached: 10, written: 50, writtenForAnHour: 30, reasoning: 0 };
    expect(tokensIn(usage)).toEqual(tokens);
  });

  it("that were thought are Claude's own count, unless a native body counts them", () => {
    const usage = { inputTokens: 1, outputTokens: 9, totalTokens: 10 };
    const fields = { usage: { output_tokens_details: { thinking_tokens: 7 } } };
    expect(tokensIn(usage, fields).reasoning).toBe(7);
    expect(tokensIn({ ...usage, reasoningTokens: 5 }, fields).reasoning).toBe(5);
  });

  it.each([{}, { prompt_tokens: null, prompt_tokens_details: null }, { prompt_tokens: "3" }])(
    "that are not told are none: %j",
    (usage) => expect(tokensInChat(usage)).toEqual(NONE),
  );

  it("of several answers add up, and of none are not known", () => {
    const record = createRecord();
    expect(record.tokens).toBeUndefined();
    count(record, { input: 1 });
    count(record, { input: 2, reasoning: 3 });
    expect(record.tokens).toEqual({ ...NONE, input: 3, reasoning: 3 });
  });
});

describe("a cost", () => {
  const tokens = { input: 6, output: 1, cached: 3, written: 2, writtenForAnHour: 1, reasoning: 1 };
  const perMillion = (price: Parameters<typeof costOf>[1], tier?: string): number =>
    Math.round(costOf(tokens, price, tier) * 1e6 * 1e6) / 1e6;

  it("counts each token once", () => {
    expect(perMillion({ input: 1 })).toBe(6);
    expect(perMillion({ input: 1, output: 10 })).toBe(16);
    expect(perMillion({ input: 1, cached: 0 })).toBe(3);
    expect(perMillion({ input: 1, cached: 0, written: 2 })).toBe(5);
    expect(perMillion({ input: 1, cached: 0, written: 2, writtenForAnHour: 20 })).toBe(23);
  });

  it("is another in another tier, where the operator says so", () => {
    const price = { input: 1, tiers: { flex: 0.5, priority: 1.75 } };
    expect(
      [undefined, "default", "flex", "priority", "reserved"].map((tier) => perMillion(price, tier)),
    ).toEqual([6, 6, 3, 10.5, 6]);
    expect(perMillion(price, "constructor")).toBe(6);
  });
});
