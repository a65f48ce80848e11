import { describe, expect, it } from "vitest";
import { LastWords } from "../../../../src/wires/reply/last-words.ts";

const stop = { messageStop: { stopReason: "end_turn" } };
const counted = { metadata: { usage: { inputTokens: 2, outputTokens: 3, totalTokens: 5 } } };

describe("the usage of several answers", () => {
  it("is their sum", () => {
    const words = new LastWords({ includeUsage: true, extras: false });
    for (const event of [stop, counted, stop, counted]) words.hear(event);
    expect(words.told()).toMatchObject({ usage: { total_tokens: 10 } });
  });

  it("is not told where one of them ended uncounted: the rest would pass for the whole", () => {
    const words = new LastWords({ includeUsage: true, extras: false });
    for (const event of [stop, counted, stop]) words.hear(event);
    expect(words.told()).toBeUndefined();
  });
});
