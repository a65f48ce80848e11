import { describe, expect, it } from "vitest";
import type { ContentBlock } from "../../../../src/conversation/types.ts";
import { dialectOf } from "../../../../src/dialects/dialects.ts";
import { allWordsOf, said, wordsOf } from "../../../../src/dialects/parts/words.ts";
import { document, image, says, user } from "../../../support/conversations.ts";

const found: ContentBlock = {
  searchResult: { source: "https://s", title: "T", content: [{ text: "a" }, { text: "b" }] },
};

describe("what a block says", () => {
  it("is its words, guarded and cited ones too", () => {
    expect(wordsOf({ text: "" })).toBe("");
    expect(wordsOf({ guardContent: { text: { text: "g" } } })).toBe("g");
    expect(wordsOf({ citationsContent: { content: [{ text: "c" }], citations: [] } })).toBe("c");
    expect([image(), document("d", "pdf"), found].map(wordsOf)).toEqual([undefined, undefined, undefined]);
  });

  it("is what a search has found, where a body has no place for that", () => {
    expect(allWordsOf(found)).toBe("T (https://s):\n\na\n\nb");
    expect(said([{ text: "q" }, image(), found])).toBe("q\n\nT (https://s):\n\na\n\nb");
  });

  it.each([
    "meta.llama3-8b-instruct-v1:0",
    "cohere.command-r-v1:0",
    "amazon.nova-pro-v1:0",
    "imported.openai",
  ])("is not lost on the way to %s", (family) => {
    expect(JSON.stringify(dialectOf(family)!.toBody(says(user(found)), false))).toContain("T (https://s):");
  });

  it("stays what it is for who knows search results", () => {
    const body = dialectOf("anthropic.claude-opus-5")!.toBody(says(user(found)), false);
    expect(body["messages"]).toMatchObject([{ content: [{ type: "search_result", title: "T" }] }]);
  });
});

describe("a document of Nova's", () => {
  it("is a file with a name and nothing else, in a tool result too", () => {
    const { document: file } = document("d", "pdf");
    const told = { document: { ...file, context: "c", citations: { enabled: true } } };
    const inResult: ContentBlock = { toolResult: { toolUseId: "t", content: [told] } };
    const body = dialectOf("amazon.nova-pro-v1:0")!.toBody(says(user(told, inResult)), false);
    expect(body["messages"]).toEqual([
      {
        role: "user",
        content: [{ document: file }, { toolResult: { toolUseId: "t", content: [{ document: file }] } }],
      },
    ]);
  });
});
