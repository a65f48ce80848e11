import { describe, expect, it } from "vitest";
import {
  createReasoningMemory,
  type ReasoningMemory,
} from "../../../../src/conversation/reasoning/memory.ts";
import type { ContentBlock, Message } from "../../../../src/conversation/types.ts";
import { assistant, redacted, result, says, thought, use, user } from "../../../support/conversations.ts";

const MODEL = "anthropic.claude-sonnet-4-5";
const SIGNED = thought("hm", "sig");

const history = (...answer: (string | ContentBlock)[]): Message[] => [
  user("q"),
  assistant(...answer),
  user(result("a")),
];
const recalled = (memory: ReasoningMemory, messages: Message[], model = MODEL): Message =>
  memory.recall(says(...messages), model).messages[1]!;
const keeping = (...content: ContentBlock[]): ReasoningMemory => {
  const memory = createReasoningMemory();
  memory.keep(content, MODEL);
  return memory;
};

describe("signed reasoning that a client has lost", () => {
  it("comes back before the call that it led to: Claude refuses the results without it", () => {
    expect(recalled(keeping(SIGNED, use("a")), history("Let me see.", use("a")))).toEqual(
      assistant(SIGNED, "Let me see.", use("a")),
    );
  });

  it("comes back whole: signed, hidden and redacted, in order", () => {
    const blocks = [SIGNED, redacted("AAAA"), thought("", "sig2")];
    expect(recalled(keeping(...blocks, use("a")), history(use("a")))).toEqual(assistant(...blocks, use("a")));
  });

  it("takes the place of what the client kept of it without its signature", () => {
    expect(recalled(keeping(SIGNED, use("a")), history(thought("hm"), use("a")))).toEqual(
      assistant(SIGNED, use("a")),
    );
  });

  it("is not put beside what the client kept with its signature", () => {
    const kept = history(thought("mine", "own"), use("a"));
    expect(recalled(keeping(SIGNED, use("a")), kept)).toEqual(kept[1]);
  });

  it("is found by the first call of several", () => {
    const memory = keeping(SIGNED, use("a"), use("b"));
    expect(recalled(memory, history(use("a"), use("b"))).content[0]).toEqual(SIGNED);
    expect(recalled(memory, history(use("b"))).content).not.toContainEqual(SIGNED);
  });

  it("belongs to one model: another cannot read it", () => {
    const memory = keeping(SIGNED, use("a"));
    expect(recalled(memory, history(use("a")), "other").content).toEqual([use("a")]);
  });

  it("is never told to a user's turn", () => {
    const messages = [user("q"), user(use("a"))];
    expect(recalled(keeping(SIGNED, use("a")), messages)).toEqual(messages[1]);
  });

  it("leaves the history that it was asked for as it was", () => {
    const messages = history(use("a"));
    recalled(keeping(SIGNED, use("a")), messages);
    expect(messages).toEqual(history(use("a")));
  });
});

describe("an answer", () => {
  it.each([
    ["without a call", [SIGNED]],
    ["without a signature", [thought("hm"), use("a")]],
    ["without reasoning", [use("a")]],
  ])("%s is not kept", (_, content) => {
    expect(recalled(keeping(...content), history(use("a"))).content).toEqual([use("a")]);
  });

  it("of the same call again takes the place of the first", () => {
    const memory = keeping(SIGNED, use("a"));
    memory.keep([thought("again", "sig2"), use("a")], MODEL);
    expect(recalled(memory, history(use("a"))).content[0]).toEqual(thought("again", "sig2"));
  });
});

describe("memory", () => {
  it("is of 2,000 turns: the oldest is forgotten first", () => {
    const memory = createReasoningMemory();
    for (let turn = 0; turn <= 2_000; turn += 1) memory.keep([SIGNED, use(`call_${turn}`)], MODEL);
    const remembers = (id: string): boolean => recalled(memory, history(use(id))).content.length === 2;
    expect(remembers("call_0")).toBe(false);
    expect(remembers("call_1")).toBe(true);
    expect(remembers("call_2000")).toBe(true);
  });

  it("is of 16 MiB: what is too long alone is not kept, and long turns push out the old", () => {
    const memory = createReasoningMemory();
    const long = (id: string, mebibytes: number): void =>
      memory.keep([thought("x".repeat(mebibytes * 1024 * 1024), "sig"), use(id)], MODEL);
    const remembers = (id: string): boolean => recalled(memory, history(use(id))).content.length === 2;
    long("a", 6);
    long("b", 17);
    expect([remembers("a"), remembers("b")]).toEqual([true, false]);
    long("c", 6);
    long("d", 6);
    expect([remembers("a"), remembers("c"), remembers("d")]).toEqual([false, true, true]);
  });
});

describe("a stream", () => {
  const delta = (contentBlockIndex: number, reasoningContent: object) => ({
    contentBlockDelta: { contentBlockIndex, delta: { reasoningContent } },
  });
  const call = {
    contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: "a", name: "f" } } },
  };

  it("is remembered once it has ended, as the answer that it was", () => {
    const memory = createReasoningMemory();
    const listen = memory.listen(MODEL);
    for (const event of [
      delta(0, { text: "h" }),
      delta(0, { text: "m" }),
      delta(0, { signature: "sig" }),
      call,
    ])
      listen(event);
    expect(recalled(memory, history(use("a"))).content).toEqual([use("a")]);
    listen({ messageStop: { stopReason: "tool_use" } });
    expect(recalled(memory, history(use("a"))).content).toEqual([SIGNED, use("a")]);
  });

  it("is not mixed with another that runs beside it", () => {
    const memory = createReasoningMemory();
    const [first, second] = [memory.listen(MODEL), memory.listen(MODEL)];
    first(delta(0, { text: "one", signature: "1" }));
    second(delta(0, { text: "two", signature: "2" }));
    first(call);
    first({ messageStop: { stopReason: "tool_use" } });
    second({ messageStop: { stopReason: "end_turn" } });
    expect(recalled(memory, history(use("a"))).content[0]).toEqual(thought("one", "1"));
  });
});
