import { describe, expect, it } from "vitest";
import { turns } from "../../../../src/conversation/passes/turns.ts";
import type { Message } from "../../../../src/conversation/types.ts";
import {
  assistant,
  image,
  instructs,
  point,
  result,
  says,
  system,
  thought,
  use,
  user,
} from "../../../support/conversations.ts";

const CONTINUE = user("Please continue.");
const fitted = (...messages: Message[]): Message[] => turns(says(...messages)).conversation.messages;

describe("turns", () => {
  it("that alternate stay as they are", () => {
    const spoken = says(user("a"), assistant("b"), user("c"));
    expect(turns(spoken)).toEqual({ conversation: spoken, adjustments: [] });
  });

  it("of one role after another are refused, so neighbours become one, in order", () => {
    expect(fitted(user("a"), user("b"), assistant("c"), assistant("d"), user("e"))).toEqual([
      user("a", "b"),
      assistant("c", "d"),
      user("e"),
    ]);
  });

  it("that are empty, or nothing but a cache point, are refused, so they vanish and their neighbours meet", () => {
    expect(fitted(user("a"), assistant(), user("b"))).toEqual([user("a", "b")]);
    expect(fitted(user("a"), assistant(point()), user("b", point()))).toEqual([user("a", "b", point())]);
  });

  it("bring all results of a turn into one user turn, before what the user says next", () => {
    expect(
      fitted(
        user("q"),
        assistant(use("a"), use("b")),
        user(result("b")),
        user(result("a")),
        user("thanks"),
      ).at(-1),
    ).toEqual(user(result("b"), result("a"), "thanks"));
    expect(fitted(user("q"), assistant(use("a")), user("oh", image(), result("a"))).at(-1)).toEqual(
      user(result("a"), "oh", image()),
    );
  });

  it("bring Claude's reasoning before what it said: it reads nothing before it", () => {
    expect(fitted(user("q"), assistant("a"), assistant(thought("hm", "sig"), use("x")))[1]).toEqual(
      assistant(thought("hm", "sig"), "a", use("x")),
    );
  });

  it("of instructions stand between the others, and do not part them for good", () => {
    const spoken = says(user("a"), instructs("s"), assistant("b"));
    expect(turns(spoken)).toEqual({ conversation: spoken, adjustments: [] });
    expect(fitted(user("a"), instructs("s"), instructs("t"))).toEqual([user("a"), instructs("s", "t")]);
  });
});

describe("a conversation", () => {
  it.each([[[assistant("b"), user("c")]], [[assistant("b")]], [[instructs("s"), user("c")]]])(
    "that does not start with the user is refused, so the user asks to continue, and a note says so: %j",
    (messages) => {
      const { conversation, adjustments } = turns(says(...messages));
      expect(conversation.messages).toEqual([CONTINUE, ...messages]);
      expect(adjustments).toEqual([
        {
          param: "messages",
          action: "added",
          reason: "Bedrock conversations start with a user turn; 'Please continue.' was put first.",
        },
      ]);
    },
  );

  it("of instructions alone is an invitation to speak", () => {
    const { conversation, adjustments } = turns({ ...says(), ...system("Tell a joke.") });
    expect(conversation.messages).toEqual([CONTINUE]);
    expect(adjustments).toHaveLength(1);
  });

  it.each([[[]], [[user()]], [[user(), assistant(point())]]])(
    "of nothing at all cannot be answered: %j",
    (messages) => {
      expect(() => turns(says(...messages))).toThrow(
        expect.objectContaining({ status: 400, param: "messages" }),
      );
    },
  );

  it("is never merged in place", () => {
    const first = user("a");
    turns(says(first, user("b")));
    expect(first).toEqual(user("a"));
    expect(CONTINUE).toEqual(user("Please continue."));
  });

  it("of a hundred thousand turns by one speaker becomes one", () => {
    const messages = Array.from({ length: 100_000 }, () => user("a"));
    expect(turns({ messages }).conversation.messages[0]!.content).toHaveLength(100_000);
  });
});
