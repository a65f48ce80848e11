import { describe, expect, it } from "vitest";
import { documents } from "../../../../src/conversation/passes/documents.ts";
import type { ContentBlock, Message } from "../../../../src/conversation/types.ts";
import {
  assistant,
  document,
  image,
  point,
  result,
  says,
  use,
  user,
} from "../../../support/conversations.ts";

const namesIn = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ content }) =>
    content.flatMap((block) =>
      [block, ...(block.toolResult?.content ?? [])].flatMap((part) => part.document?.name ?? []),
    ),
  );
const named = (...names: string[]): string[] =>
  namesIn(documents(says(user("q", ...names.map((name) => document(name))))).conversation.messages);

describe("a document's name", () => {
  it.each([
    ["report (final) [2]-b 3", "report (final) [2]-b 3"],
    ["Q3_results.v2", "Q3 results v2"],
    ["a   b\t\nc", "a b c"],
    ["../../etc/passwd", "etc passwd"],
    ["  spaced  ", "spaced"],
    ["Übersicht", "bersicht"],
    ["報告", "document"],
    ["", "document"],
    ["._.", "document"],
  ])("%j is refused by AWS unless it is plain: %j", (name, plain) => {
    expect(named(name)).toEqual([plain]);
  });

  it("is at most 200 characters, however long it was, and never ends in a blank", () => {
    const [name] = named(`${"x".repeat(193)} ${"y".repeat(1_000_000)}`);
    expect(name).toBe("x".repeat(193));
    expect(named("z".repeat(500))[0]!.length).toBeLessThanOrEqual(200);
  });

  it("is refused the second time in a request, so a number is added", () => {
    expect(named("report", "report", "report")).toEqual(["report", "report (2)", "report (3)"]);
  });

  it("with a number never takes the name of another", () => {
    expect(named("a", "a (2)", "a")).toEqual(["a", "a (2)", "a (3)"]);
    expect(named("a", "a", "a (2)")).toEqual(["a", "a (2)", "a (2) (2)"]);
    expect(new Set(named("a.b", "a_b", "a b")).size).toBe(3);
  });

  it("is unique also over 200 characters and within its length", () => {
    const names = named("x".repeat(300), "x".repeat(300), "x".repeat(300));
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => name.length <= 200)).toBe(true);
  });

  it("counts in tool results and in all turns", () => {
    const { messages } = documents(
      says(user("q", document("d")), assistant(use("a")), user(result("a", document("d"), image()))),
    ).conversation;
    expect(namesIn(messages)).toEqual(["d", "d (2)"]);
  });

  it("is the same every time: a name that changes is a prompt that is not cached", () => {
    const first = documents(says(user("q", document("a.b"), document("a.b")))).conversation;
    expect(documents(first).conversation).toEqual(first);
  });
});

describe("a document without a text beside it, which AWS refuses", () => {
  const POINTER = "See the attached document.";

  it.each<[string, ContentBlock[]]>([
    ["alone", [document("d")]],
    ["beside a picture and a cache point", [document("d"), point(), image()]],
    [
      "beside blank text, which will go",
      [" ", document("d")].map((part) => (typeof part === "string" ? { text: part } : part)),
    ],
  ])("%s gets one, last, and a note says so", (_, content) => {
    const { conversation, adjustments } = documents(says(user(...content)));
    expect(conversation.messages[0]!.content).toEqual([...content, { text: POINTER }]);
    expect(adjustments).toEqual([
      {
        param: "messages",
        action: "added",
        reason: "Bedrock wants a text beside a document; a pointer to it was added.",
      },
    ]);
  });

  it("is noted once for several", () => {
    expect(
      documents(says(user(document("a")), assistant("x"), user(document("b")))).adjustments,
    ).toHaveLength(1);
  });

  it("is left alone beside a text, and inside a tool result", () => {
    const good = says(user("q", document("a")), assistant(use("x")), user(result("x", document("b"))));
    expect(documents(good)).toEqual({ conversation: good, adjustments: [] });
  });
});
