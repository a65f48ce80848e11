import { describe, expect, it } from "vitest";
import { toolIds } from "../../../../src/conversation/passes/tool-ids.ts";
import { shortHash } from "../../../../src/conversation/short-hash.ts";
import type { Message } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { assistant, result, round, says, thought, use, user } from "../../../support/conversations.ts";

const BEDROCK = able();
const MISTRAL = able({ toolIds: "mistral" });
const DUPLICATE = {
  param: "messages",
  action: "dropped",
  reason: "Of several tool calls or results with one id in a turn, only the first is sent.",
};

const idsIn = (messages: readonly Message[], kind: "toolUse" | "toolResult"): string[] =>
  messages.flatMap(({ content }) => content.flatMap((block) => block[kind]?.toolUseId ?? []));
const fitted = (messages: Message[], traits = BEDROCK) => {
  const { conversation, adjustments } = toolIds(says(...messages), traits);
  return {
    messages: conversation.messages,
    calls: idsIn(conversation.messages, "toolUse"),
    results: idsIn(conversation.messages, "toolResult"),
    adjustments,
  };
};

describe("a tool use id", () => {
  it.each(["toolu_bdrk_01A-b", "call_abc", "x".repeat(64)])("that Bedrock takes stays: %s", (id) => {
    expect(fitted(round(id))).toEqual({ messages: round(id), calls: [id], results: [id], adjustments: [] });
  });

  it.each(["functions.get weather:0#ä", "", "😀", "a.b", "a:b"])(
    "of another provider is refused, so it becomes Bedrock's, the same in call and result: %j",
    (id) => {
      const { calls, results, adjustments } = fitted(round(id));
      expect(calls[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(results).toEqual(calls);
      expect(adjustments).toEqual([]);
    },
  );

  it("over 64 characters is cut, and stays apart from its like", () => {
    const ids = ["x".repeat(80), `${"x".repeat(79)}y`];
    const { calls, results } = fitted([
      user("q"),
      assistant(...ids.map((id) => use(id))),
      user(...ids.map((id) => result(id))),
    ]);
    expect(new Set(calls).size).toBe(2);
    expect(calls.every((id) => id.length <= 64)).toBe(true);
    expect(results).toEqual(calls);
  });

  it("that starts again on every turn is told apart: AWS wants them unique in the whole request", () => {
    const again = [assistant(use("call_0")), user(result("call_0"))];
    const { calls, results } = fitted([user("q"), ...again, ...again, ...again]);
    expect(calls[0]).toBe("call_0");
    expect(new Set(calls).size).toBe(3);
    expect(results).toEqual(calls);
  });

  it("that is cleaned never becomes the id of another", () => {
    const { calls, results } = fitted([
      user("q"),
      assistant(use("a.b"), use("a_b"), use("a b")),
      user(result("a b"), result("a.b"), result("a_b")),
    ]);
    expect(new Set(calls).size).toBe(3);
    expect(results).toEqual([calls[2], calls[0], calls[1]]);
  });

  it("is the same for the same history, so that the prompt is cached and reasoning stays bound to it", () => {
    const longer = [...round("a.b"), assistant("ok"), ...round("a.b")];
    expect(fitted(longer).calls.slice(0, 1)).toEqual(fitted(round("a.b")).calls);
    const once = fitted(longer).messages;
    expect(fitted(once).messages).toEqual(once);
  });

  it("repeated ten thousand times is still told apart", () => {
    const turns = Array.from({ length: 10_000 }, () => [assistant(use("call_0")), user(result("call_0"))]);
    const { calls, results } = fitted([user("q"), ...turns.flat()]);
    expect(new Set(calls).size).toBe(10_000);
    expect(results).toEqual(calls);
  });
});

describe("one id twice in a turn, which AWS refuses", () => {
  it("is sent once, with its first result, and a note says so", () => {
    const { messages, adjustments } = fitted([
      user("q"),
      assistant(use("a", "f"), use("a", "g")),
      user(result("a", "1"), result("a", "2")),
    ]);
    expect(messages.slice(1)).toEqual([assistant(use("a", "f")), user(result("a", "1"))]);
    expect(adjustments).toEqual([DUPLICATE]);
  });

  it("is found also where the results come in turns of their own", () => {
    const { messages } = fitted([
      user("q"),
      assistant(use("a")),
      user(result("a", "1")),
      user(result("a", "2")),
    ]);
    expect(messages.slice(2)).toEqual([user(result("a", "1")), user()]);
  });
});

describe("Mistral", () => {
  it("refuses every id but nine letters and digits", () => {
    const { calls, results } = fitted(
      [
        user("q"),
        assistant(use("call_1"), use("call_2"), use("abcDEF123")),
        user(result("call_2"), result("call_1"), result("abcDEF123")),
      ],
      MISTRAL,
    );
    expect(calls.every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true);
    expect(new Set(calls).size).toBe(3);
    expect(calls[2]).toBe("abcDEF123");
    expect(results).toEqual([calls[1], calls[0], calls[2]]);
  });

  it("tells ids apart one by one whose hashes begin alike, however many there are", () => {
    const alike: string[] = [];
    for (let at = 0; alike.length < 2_000; at += 1)
      if (shortHash(`c${at}`).startsWith("000")) alike.push(`c${at}`);
    const turns = [assistant(...alike.map((id) => use(id))), user(...alike.map((id) => result(id)))];
    const { calls } = fitted([user("q"), ...Array.from({ length: 150 }, () => turns).flat()], MISTRAL);
    expect(new Set(calls).size).toBe(300_000);
  });
});

it("touches no block that is neither call nor result", () => {
  const spoken = says(user("q"), assistant(thought("hm"), "a"));
  expect(toolIds(spoken, BEDROCK)).toEqual({ conversation: spoken, adjustments: [] });
});
