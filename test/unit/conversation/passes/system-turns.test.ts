import { describe, expect, it } from "vitest";
import { systemTurns } from "../../../../src/conversation/passes/system-turns.ts";
import type { Message } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import {
  assistant,
  instructs,
  point,
  result,
  says,
  system,
  use,
  user,
} from "../../../support/conversations.ts";

const TAKES = able({ systemTurns: true });
const MOVED = {
  param: "messages",
  action: "emulated",
  reason: "This model takes instructions only at the beginning; later ones were moved there.",
};

/** `stay`, or `move` to the system prompt with all that they say. */
function instructionsOf(...messages: Message[]): "stay" | "move" {
  const { conversation, adjustments } = systemTurns(says(...messages), TAKES);
  const moved = messages.filter(({ role }) => role === "system").flatMap(({ content }) => content);
  const [stays, moves] = [
    says(...messages),
    { ...says(...messages.filter(({ role }) => role !== "system")), system: moved },
  ];
  expect([stays, moves]).toContainEqual(conversation);
  expect(adjustments).toEqual(conversation.system ? [MOVED] : []);
  return conversation.system ? "move" : "stay";
}

describe("instructions in the middle of a conversation", () => {
  it("are refused by most models, so they join the end of the system prompt", () => {
    const { conversation, adjustments } = systemTurns(
      { ...says(user("a"), instructs("s"), assistant("b"), instructs("t")), ...system("first") },
      able(),
    );
    expect(conversation).toEqual({ ...says(user("a"), assistant("b")), ...system("first", "s", "t") });
    expect(adjustments).toEqual([MOVED]);
  });

  it("become a system prompt where there was none, with their cache points", () => {
    const { conversation } = systemTurns(says(user("a"), instructs("s", point())), able());
    expect(conversation).toEqual({ ...says(user("a")), ...system("s", point()) });
  });

  it("are none in a conversation of two", () => {
    const spoken = says(user("a"), assistant("b"));
    expect(systemTurns(spoken, able())).toEqual({ conversation: spoken, adjustments: [] });
  });
});

describe("a model that takes them where they stand takes them only", () => {
  it.each<[string, Message[]]>([
    ["after the user and before the assistant", [user("a"), instructs("s"), assistant("b")]],
    ["last", [user("a"), instructs("s")]],
    ["several at once", [user("a"), instructs("s"), instructs("t"), assistant("b")]],
    ["after tool results", [user("q"), assistant(use("a")), user(result("a")), instructs("s")]],
  ])("%s", (_, messages) => {
    expect(instructionsOf(...messages)).toBe("stay");
  });

  const guarded = { guardContent: { text: { text: "g" } } };
  it.each<[string, Message[]]>([
    ["after the assistant", [user("a"), assistant("b"), instructs("s")]],
    ["before the user", [user("a"), instructs("s"), user("b")]],
    ["between a call and its result", [user("a"), assistant(use("x")), instructs("s"), user(result("x"))]],
    ["first", [instructs("s"), user("a")]],
    ["with a guarded text in them", [user("a"), instructs("s", guarded), assistant("b")]],
    ["with a cache point in them", [user("a"), instructs("s", point()), assistant("b")]],
    ["after a turn that is empty", [user("a"), assistant("b"), user(), instructs("s"), assistant("c")]],
    ["before a turn that is empty", [user("a"), instructs("s"), assistant(), user("c")]],
    ["before a turn that is a cache point", [user("a"), instructs("s"), assistant(point()), user("c")]],
  ])("not %s", (_, messages) => {
    expect(instructionsOf(...messages)).toBe("move");
  });
});
