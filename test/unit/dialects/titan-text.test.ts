import { describe, expect, it } from "vitest";
import { titanText, titanTextLite, titanTextPremier } from "../../../src/dialects/titan-text.ts";
import { asks, assistant, fields, says, system, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

describe("the prompt of Titan", () => {
  it("is one turn and nothing else when nothing else was asked for", () => {
    expect(bodyOf(titanText, asks())).toEqual({ inputText: "User: q\nBot:" });
  });

  it("says the instructions as the user, and the turns line by line", () => {
    const told = { ...says(user("a"), assistant("b"), user("c")), ...system("s") };
    expect(promptOf(titanText, told)).toBe("User: s\n\na\nBot: b\nUser: c\nBot:");
    expect(promptOf(titanText, says(user("a"), assistant("b")))).toBe("User: a\nBot: b");
  });

  it("keeps a temperature of zero, and says a share of zero as the smallest that Titan takes", () => {
    const conversation = {
      ...asks(ZEROS),
      ...fields({ textGenerationConfig: { maxTokenCount: 9 }, top_k: 1 }),
    };
    expect(bodyOf(titanText, conversation)).toEqual({
      inputText: "User: q\nBot:",
      textGenerationConfig: { maxTokenCount: 9, temperature: 0, topP: 1e-6, stopSequences: ["END"] },
    });
  });

  it.each([
    [titanText, 8192],
    [titanTextLite, 4096],
    [titanTextPremier, 3072],
  ])("asks for no more than each model writes", (dialect, most) => {
    const body = bodyOf(dialect, asks({ inferenceConfig: { maxTokens: 1e6 } }));
    expect(body["textGenerationConfig"]).toEqual({ maxTokenCount: most });
  });
});

describe("the answer of Titan", () => {
  it.each([
    ["FINISHED", "end_turn"],
    ["FINISH", "end_turn"],
    ["LENGTH", "max_tokens"],
    ["STOP_CRITERIA_MET", "stop_sequence"],
    ["CONTENT_FILTERED", "content_filtered"],
    ["RAG_QUERY_WHEN_RAG_DISABLED", "rag_query_when_rag_disabled"],
  ])("that is %s stopped by %s, with what was counted", (completionReason, stopReason) => {
    const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
    const expected = { content: [{ text: "hi" }], stopReason, usage };
    const results = [{ outputText: "\nhi", tokenCount: 2, completionReason }];
    expect(titanText.toAnswer({ inputTextTokenCount: 3, results })).toEqual(expected);
    const chunks = [
      {
        outputText: "\nh",
        index: 0,
        totalOutputTextTokenCount: null,
        completionReason: null,
        inputTextTokenCount: 3,
      },
      {
        outputText: "i",
        index: 0,
        totalOutputTextTokenCount: 2,
        completionReason,
        inputTextTokenCount: null,
      },
    ];
    expect(folded(streamed(titanText, chunks))).toEqual(expected);
  });

  followsTheLaws(titanText, {
    whole: (outputText) => ({ results: [{ outputText, completionReason: "FINISH" }] }),
    chunk: (outputText) => ({ outputText, completionReason: null }),
    last: { outputText: "", completionReason: "FINISH" },
    texts: [" ", "\n"],
  });
});
