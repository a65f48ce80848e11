import { describe, expect, it } from "vitest";
import { reasoning } from "../../../../src/conversation/passes/reasoning.ts";
import type { Conversation, JsonObject, Message } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import {
  asks,
  assistant,
  effort,
  fields,
  offers,
  redacted,
  result,
  says,
  thought,
  use,
  user,
} from "../../../support/conversations.ts";

const CLAUDE = able({ reasoning: { kind: "budget", efforts: [], off: "omit" } });

const fitted = (wish: Partial<Conversation>, maxTokens?: number) =>
  reasoning(asks({ ...wish, ...(maxTokens && { inferenceConfig: { maxTokens } }) }), CLAUDE);
const thinking = (words: JsonObject) => fields({ thinking: words });
const budgetOf = ({ conversation }: ReturnType<typeof fitted>): unknown =>
  (conversation.additionalModelRequestFields?.["thinking"] as JsonObject | undefined)?.["budget_tokens"];

const RAISED = {
  param: "max_completion_tokens",
  action: "added",
  reason: "A thinking budget needs a limit above it.",
};
const NO_ROOM = {
  param: "reasoning_effort",
  action: "dropped",
  reason: "Thinking takes at least 1024 tokens, which max_completion_tokens does not allow.",
};
const SHRUNK = {
  param: "thinking.budget_tokens",
  action: "clamped",
  reason: "A thinking budget is at least 1024 tokens and below the limit of the answer.",
};

describe("an effort as a budget of tokens", () => {
  it.each([
    ["minimal", 1024],
    ["low", 1024],
    ["medium", 2048],
    ["high", 4096],
    ["xhigh", 8192],
    ["max", 16_384],
  ])("%s is LiteLLM's number where there is no limit, with room for the answer: %i", (wanted, tokens) => {
    expect(fitted(effort(wanted))).toEqual({
      conversation: asks({
        ...thinking({ type: "enabled", budget_tokens: tokens }),
        inferenceConfig: { maxTokens: tokens + 4096 },
      }),
      adjustments: [RAISED],
    });
  });

  it.each([
    ["low", 10_000, 3000],
    ["medium", 10_000, 6000],
    ["high", 10_000, 9999],
    ["xhigh", 10_000, 9999],
    ["max", 10_000, 9999],
    ["minimal", 10_000, 1024],
    ["low", 3333, 1024],
    ["low", 3414, 1024],
    ["low", 3420, 1026],
    ["medium", 1500, 1024],
    ["high", 1025, 1024],
  ])("%s is a share of a limit of %i, never under 1,024 and never the whole: %i", (wanted, limit, tokens) => {
    const got = fitted(effort(wanted), limit);
    expect(budgetOf(got)).toBe(tokens);
    expect(got.conversation.inferenceConfig).toEqual({ maxTokens: limit });
    expect(got.adjustments).toEqual([]);
  });

  it.each([1, 1000, 1024])("is refused by a limit of %i, so nothing is thought", (limit) => {
    expect(fitted(effort("high"), limit)).toEqual({
      conversation: asks({ inferenceConfig: { maxTokens: limit } }),
      adjustments: [NO_ROOM],
    });
  });

  it("none is no thinking at all", () => {
    expect(fitted(effort("none"))).toEqual({ conversation: asks(), adjustments: [] });
    expect(fitted(effort("none"), 100).adjustments).toEqual([]);
  });
});

describe("Claude's own thinking", () => {
  it("with a budget keeps it, and how it is shown", () => {
    const wish = { type: "enabled", budget_tokens: 2000, display: "omitted" };
    expect(fitted(thinking(wish), 4000)).toEqual({
      conversation: asks({ ...thinking(wish), inferenceConfig: { maxTokens: 4000 } }),
      adjustments: [],
    });
  });

  it("decides over an effort beside it", () => {
    const wish = { ...thinking({ type: "enabled", budget_tokens: 2000 }), ...effort("low") };
    expect(budgetOf(fitted(wish, 9000))).toBe(2000);
    expect(
      budgetOf(fitted({ ...thinking({ type: "enabled", budget_tokens: 2000 }), ...effort("none") })),
    ).toBe(2000);
  });

  it.each([
    [1, undefined, 1024],
    [1023, 9000, 1024],
    [9000, 9000, 8999],
    [100_000, 2000, 1999],
  ])("with a budget of %i and a limit of %s would be refused: it is %i", (wanted, limit, tokens) => {
    const got = fitted(thinking({ type: "enabled", budget_tokens: wanted }), limit);
    expect(budgetOf(got)).toBe(tokens);
    expect(got.adjustments).toEqual(limit === undefined ? [RAISED, SHRUNK] : [SHRUNK]);
  });

  it.each(["adaptive", "between_tools", "enabled"])(
    "of type %s without a budget is one of its effort, else of a medium one",
    (type) => {
      expect(budgetOf(fitted({ ...thinking({ type }), ...effort("high") }))).toBe(4096);
      expect(budgetOf(fitted(thinking({ type })))).toBe(2048);
    },
  );

  it("that is disabled is left out, whatever effort stands beside it", () => {
    expect(fitted({ ...thinking({ type: "disabled" }), ...effort("high") })).toEqual({
      conversation: asks(),
      adjustments: [],
    });
  });

  it("leaves out what a budget knows nothing of", () => {
    const { conversation } = fitted(thinking({ type: "adaptive", block_binding: {} }), 9000);
    expect(conversation.additionalModelRequestFields).toEqual(
      thinking({ type: "enabled", budget_tokens: 5400 }).additionalModelRequestFields,
    );
  });
});

describe("tool results that come back without the signed reasoning before them", () => {
  const answered = (...calls: Message["content"]) =>
    reasoning(
      {
        ...says(user("q"), assistant(...calls), user(result("a"))),
        ...offers("f"),
        ...effort("low"),
      },
      CLAUDE,
    );

  it("are refused while Claude thinks with a budget, so this turn is answered without", () => {
    for (const calls of [[use("a")], [{ text: "Let me see." }, use("a")]]) {
      const { conversation, adjustments } = answered(...calls);
      expect(conversation).not.toHaveProperty("additionalModelRequestFields");
      expect(conversation).not.toHaveProperty("inferenceConfig");
      expect(adjustments).toEqual([
        {
          param: "messages",
          action: "dropped",
          reason:
            "The last tool calls came back without their signed reasoning, so this turn is answered without thinking.",
        },
      ]);
    }
  });

  it.each([
    ["signed", thought("hm", "sig")],
    ["redacted", redacted("AAAA")],
  ])("are no matter where the turn begins with its reasoning: %s", (_, first) =>
    expect(budgetOf(answered(first, use("a")))).toBe(1024),
  );

  it("are no matter once the user has spoken again", () => {
    const { conversation } = reasoning(
      {
        ...says(user("q"), assistant(use("a")), user(result("a")), assistant("done"), user("thanks")),
        ...effort("low"),
      },
      CLAUDE,
    );
    expect(conversation.additionalModelRequestFields).toHaveProperty("thinking");
  });
});
