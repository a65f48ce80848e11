import { describe, expect, it } from "vitest";
import { searchResults } from "../../../../src/conversation/passes/search-results.ts";
import type { Conversation, ToolResult } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";

const searchResult = { source: "https://x", title: "T", content: [{ text: "one" }, { text: "two" }] };
const text = { text: "T\nhttps://x\n\none\ntwo" };
const TAKES = able({ searchResults: true });

const said: Conversation = { messages: [{ role: "user", content: [{ text: "a" }, { searchResult }] }] };
const returned = (status: ToolResult["status"]): Conversation => ({
  messages: [
    {
      role: "user",
      content: [{ toolResult: { toolUseId: "t", content: [{ searchResult }], ...(status && { status }) } }],
    },
  ],
});

describe("search results", () => {
  it("stay as they are for a model that takes them", () => {
    for (const conversation of [said, returned(undefined), returned("success")])
      expect(searchResults(conversation, TAKES)).toEqual({ conversation, adjustments: [] });
  });

  it("are read as text by every other, wherever they stand, and that is said", () => {
    const { conversation, adjustments } = searchResults(said, able());
    expect(conversation.messages[0]!.content).toEqual([{ text: "a" }, text]);
    expect(adjustments).toMatchObject([{ action: "emulated" }]);
    expect(searchResults(returned(undefined), able()).conversation.messages[0]!.content).toEqual([
      { toolResult: { toolUseId: "t", content: [text] } },
    ]);
  });

  it("of a failure are text for all: Claude refuses anything else", () => {
    expect(searchResults(returned("error"), TAKES).conversation.messages[0]!.content).toEqual([
      { toolResult: { toolUseId: "t", content: [text], status: "error" } },
    ]);
  });
});
