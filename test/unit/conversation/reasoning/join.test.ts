import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinReasoning } from "../../../../src/conversation/reasoning/join.ts";
import type { ContentBlockDelta, ReasoningContent } from "../../../../src/conversation/types.ts";

type Part = NonNullable<ContentBlockDelta["reasoningContent"]>;

const joined = (...parts: Part[]): ReasoningContent | undefined =>
  parts.reduce<ReasoningContent | undefined>((before, part) => joinReasoning(before, part), undefined);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("reasoning in pieces", () => {
  it("is one text", () => {
    expect(joined({ text: "Let " }, { text: "me " }, { text: "see." })).toEqual({
      reasoningText: { text: "Let me see." },
    });
  });

  it("has the signature that comes after it, unchanged: it holds for the letter", () => {
    expect(joined({ text: "hm" }, { signature: "ab" }, { signature: "cd" })).toEqual({
      reasoningText: { text: "hm", signature: "abcd" },
    });
  });

  it("that is not shown is a signature alone", () => {
    expect(joined({ signature: "sig" })).toEqual({ reasoningText: { text: "", signature: "sig" } });
  });

  it("without a signature has none, not an empty one, which is refused", () => {
    expect(joined({ text: "hm" }, { signature: "" })).toEqual({ reasoningText: { text: "hm" } });
  });

  it("never changes what it had", () => {
    const before = Object.freeze({ reasoningText: Object.freeze({ text: "a" }) });
    expect(joinReasoning(before, { text: "b" })).toEqual({ reasoningText: { text: "ab" } });
    expect(before).toEqual({ reasoningText: { text: "a" } });
  });
});

describe("encrypted reasoning in pieces", () => {
  it.each([
    [["YQ==", "Yg=="], "YWI="],
    [["YWI=", "Yw=="], "YWJj"],
    [["YWJj", "ZA=="], "YWJjZA=="],
    [["YQ", "Yg"], "YWI="],
    [["", "YQ=="], "YQ=="],
  ])("each padded for itself, is one blob: %j", (pieces, whole) => {
    expect(joined(...pieces.map((redactedContent) => ({ redactedContent })))).toEqual({
      redactedContent: whole,
    });
  });

  it("is the same bytes, wherever they were cut", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 6 }), (pieces) => {
        const whole = joined(...pieces.map((piece) => ({ redactedContent: base64(piece) })));
        expect(whole).toEqual({ redactedContent: base64(Buffer.concat(pieces)) });
      }),
    );
  });
});
