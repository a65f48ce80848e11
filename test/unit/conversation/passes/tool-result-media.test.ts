import { describe, expect, it } from "vitest";
import { toolResultMedia } from "../../../../src/conversation/passes/tool-result-media.ts";
import { able } from "../../../support/chat-models.ts";
import {
  assistant,
  document,
  image,
  result,
  says,
  use,
  user,
  video,
} from "../../../support/conversations.ts";

const POINTER = "(The file stands after the tool results.)";
const MOVED = {
  param: "messages",
  action: "emulated",
  reason: "This model takes no such media in a tool result; it stands after the results.",
};
const taking = (...kinds: ("image" | "document" | "video")[]) => able({ toolResultMedia: kinds });

describe("a file in a tool result", () => {
  it.each([
    ["image", image()],
    ["document", document("d")],
    ["video", video()],
  ] as const)("stays where the model reads it, and is refused elsewhere: %s", (kind, block) => {
    const history = says(user("q"), assistant(use("a")), user(result("a", "seen", block)));
    expect(toolResultMedia(history, taking(kind))).toEqual({ conversation: history, adjustments: [] });
    const { conversation, adjustments } = toolResultMedia(history, able());
    expect(conversation.messages[2]).toEqual(user(result("a", "seen", POINTER), block));
    expect(adjustments).toEqual([MOVED]);
  });

  it("moves behind all results of its turn, in order: nothing may stand between them", () => {
    const turn = user(result("a", image()), result("b", document("d"), "text"), "thanks");
    const { messages } = toolResultMedia(says(turn), able()).conversation;
    expect(messages[0]).toEqual(
      user(result("a", POINTER), result("b", POINTER, "text"), "thanks", image(), document("d")),
    );
  });

  it("moves alone: what the model takes stays inside", () => {
    const { messages } = toolResultMedia(
      says(user(result("a", image(), video()))),
      taking("image"),
    ).conversation;
    expect(messages[0]).toEqual(user(result("a", image(), POINTER), video()));
  });

  it("of a failure moves always: Claude reads nothing but text there", () => {
    const failed = { toolResult: { toolUseId: "a", content: [image()], status: "error" as const } };
    const { messages } = toolResultMedia(says(user(failed)), taking("image")).conversation;
    expect(messages[0]!.content[0]!.toolResult).toEqual({
      toolUseId: "a",
      content: [{ text: POINTER }],
      status: "error",
    });
    expect(messages[0]!.content[1]).toEqual(image());
  });

  it("moves once", () => {
    const once = toolResultMedia(says(user(result("a", image()))), able()).conversation;
    expect(toolResultMedia(once, able())).toEqual({ conversation: once, adjustments: [] });
  });
});

it("leaves text, JSON and the user's own files alone", () => {
  const history = says(
    user("q", image()),
    assistant(use("a")),
    user(result("a", "text", { json: { a: 1 } })),
  );
  expect(toolResultMedia(history, able())).toEqual({ conversation: history, adjustments: [] });
});
