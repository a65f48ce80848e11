import { describe, expect, it } from "vitest";
import { blankText } from "../../../../src/conversation/passes/blank-text.ts";
import {
  asks,
  assistant,
  image,
  point,
  result,
  says,
  system,
  use,
  user,
} from "../../../support/conversations.ts";

const DROPPED = { param: "messages", action: "dropped", reason: "Bedrock refuses blank text." };
const FILLED = {
  param: "messages",
  action: "added",
  reason: "An empty tool result is sent as (no output).",
};

describe("blank text, which AWS refuses", () => {
  it.each(["", " ", "\n\t ", "\u00A0", "\u3000"])("is left out of messages and instructions: %j", (blank) => {
    const { conversation, adjustments } = blankText({
      ...says(user(blank, "q"), assistant(blank)),
      ...system("Be brief.", blank),
    });
    expect(conversation).toEqual({ ...says(user("q"), assistant()), ...system("Be brief.") });
    expect(adjustments).toEqual([DROPPED]);
  });

  it("takes the system prompt with it where that was nothing else", () => {
    expect(blankText({ ...asks(), ...system("", " ") }).conversation).toEqual(asks());
  });

  it("is noted once in a long history, not for every message", () => {
    const { adjustments } = blankText(says(user("", " "), assistant(""), user(" ")));
    expect(adjustments).toEqual([DROPPED]);
  });

  it("is not text that only begins or ends in blanks", () => {
    const spoken = says(user(" q "), assistant("\na"));
    expect(blankText(spoken)).toEqual({ conversation: spoken, adjustments: [] });
  });

  it("is not a block that is no text", () => {
    const seen = says(user(image(), point()));
    expect(blankText(seen)).toEqual({ conversation: seen, adjustments: [] });
  });
});

describe("a tool result without content, which AWS refuses", () => {
  it.each([
    ["with nothing in it", { toolResult: { toolUseId: "a", content: [] } }],
    ["of blank text", result("a", " ", "")],
  ])("%s says that there was no output", (_, empty) => {
    const { conversation, adjustments } = blankText(says(user("q"), assistant(use("a")), user(empty)));
    expect(conversation.messages[2]).toEqual(user(result("a", "(no output)")));
    expect(adjustments).toEqual([FILLED]);
  });

  it("keeps its status", () => {
    const failed = { toolResult: { toolUseId: "a", content: [{ text: "" }], status: "error" as const } };
    const { messages } = blankText(says(user(failed))).conversation;
    expect(messages[0]!.content[0]!.toolResult).toEqual({
      toolUseId: "a",
      content: [{ text: "(no output)" }],
      status: "error",
    });
  });

  it("is not one that holds a picture or JSON", () => {
    const full = says(user(result("a", "", image()), result("b", { json: null })));
    const { conversation, adjustments } = blankText(full);
    expect(conversation).toEqual(says(user(result("a", image()), result("b", { json: null }))));
    expect(adjustments).toEqual([]);
  });
});
