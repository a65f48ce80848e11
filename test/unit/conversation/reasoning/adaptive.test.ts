import { describe, expect, it } from "vitest";
import { reasoning } from "../../../../src/conversation/passes/reasoning.ts";
import type { Reasoning } from "../../../../src/conversation/traits.ts";
import type { Conversation, JsonObject } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, effort, fields } from "../../../support/conversations.ts";

const ALL = ["low", "medium", "high", "xhigh", "max"] as const;

const fitted = (wish: Partial<Conversation>, more: Partial<Reasoning> = {}) =>
  reasoning(asks(wish), able({ reasoning: { kind: "adaptive", efforts: ALL, off: "disabled", ...more } }));
const thinking = (words: JsonObject) => fields({ thinking: words });
const sent = (words: JsonObject, level?: string) =>
  asks(fields({ thinking: words, ...(level && { output_config: { effort: level } }) }));

const SUMMARIZED = { type: "adaptive", display: "summarized" };
const clamped = (level: string) => ({
  param: "reasoning_effort",
  action: "clamped",
  reason: `This model's nearest effort is '${level}'.`,
});
const ALWAYS = {
  param: "reasoning_effort",
  action: "clamped",
  reason: "This model always thinks; it was told to think as little as it can.",
};
const TRANSLATED = {
  param: "thinking",
  action: "emulated",
  reason: "This model takes no thinking budget; it was given the effort that comes closest.",
};

describe("an effort on an adaptive Claude", () => {
  it.each(ALL)("stands beside the thinking, never in it, which is refused: %s", (level) => {
    expect(fitted(effort(level))).toEqual({ conversation: sent(SUMMARIZED, level), adjustments: [] });
  });

  it("needs no limit, and changes none", () => {
    const { conversation } = fitted({ ...effort("max"), inferenceConfig: { maxTokens: 10 } });
    expect(conversation.inferenceConfig).toEqual({ maxTokens: 10 });
  });

  it.each([
    ["minimal", ALL, "low"],
    ["xhigh", ["low", "medium", "high", "max"], "high"],
    ["max", ["low", "medium"], "medium"],
  ] as const)(
    "%s that it does not know becomes the nearest of %j, and a note says so",
    (wanted, efforts, level) => {
      expect(fitted(effort(wanted), { efforts })).toEqual({
        conversation: sent(SUMMARIZED, level),
        adjustments: [clamped(level)],
      });
    },
  );

  it("may be the caller's own output_config, whose other members stay", () => {
    const { conversation } = fitted(fields({ output_config: { effort: "high", other: 1 } }));
    expect(conversation).toEqual(
      asks(fields({ thinking: SUMMARIZED, output_config: { effort: "high", other: 1 } })),
    );
  });
});

describe("Claude's own thinking", () => {
  it("that is adaptive stays, with all it says, and without an effort nobody asked for", () => {
    const own = { type: "adaptive", display: "omitted", block_binding: { a: 1 } };
    expect(fitted(thinking(own))).toEqual({ conversation: sent(own), adjustments: [] });
  });

  it.each([
    [1024, "low"],
    [2000, "low"],
    [2001, "medium"],
    [3000, "medium"],
    [4096, "high"],
    [4097, "xhigh"],
  ])("with a budget of %i is refused, so it is given the effort %s", (tokens, level) => {
    expect(fitted(thinking({ type: "enabled", budget_tokens: tokens }))).toEqual({
      conversation: sent(SUMMARIZED, level),
      adjustments: [TRANSLATED],
    });
  });

  it("with a budget and an effort has said how much already", () => {
    const wish = { ...thinking({ type: "enabled", budget_tokens: 1024 }), ...effort("high") };
    expect(fitted(wish).conversation).toEqual(sent(SUMMARIZED, "high"));
  });

  it("with a budget keeps it on a model that still takes both ways", () => {
    const { conversation } = fitted(thinking({ type: "enabled", budget_tokens: 2048 }), { budgets: true });
    expect(conversation.additionalModelRequestFields).toEqual({
      thinking: { type: "enabled", budget_tokens: 2048 },
    });
    expect(fitted(effort("low"), { budgets: true }).conversation).toEqual(sent(SUMMARIZED, "low"));
  });
});

describe("no thinking", () => {
  const wishes: [string, Partial<Conversation>][] = [
    ["effort none", effort("none")],
    ["disabled", thinking({ type: "disabled" })],
    ["disabled, whatever the effort", { ...thinking({ type: "disabled" }), ...effort("max") }],
    ["between_tools", thinking({ type: "between_tools" })],
  ];

  it.each(wishes)("is said by saying nothing where that is enough: %s", (_, wish) => {
    expect(fitted(wish, { off: "omit" })).toEqual({ conversation: asks(), adjustments: [] });
  });

  it.each(wishes)("is said in so many words where the model thinks by itself: %s", (_, wish) => {
    expect(fitted(wish).conversation).toEqual(sent({ type: "disabled" }));
  });

  it.each(wishes.slice(0, 3))("is as little as it can where the model refuses it: %s", (_, wish) => {
    expect(fitted(wish, { off: "between_tools" })).toEqual({
      conversation: sent({ type: "between_tools" }),
      adjustments: [ALWAYS],
    });
  });

  it("between tools, asked for by that name, needs no note where the model has it", () => {
    expect(fitted(thinking({ type: "between_tools" }), { off: "between_tools" })).toEqual({
      conversation: sent({ type: "between_tools" }),
      adjustments: [],
    });
  });

  it.each(wishes)("on a model that always thinks is its lowest effort, and a note says so: %s", (_, wish) => {
    expect(fitted(wish, { off: "never" })).toEqual({
      conversation: sent(SUMMARIZED, "low"),
      adjustments: [ALWAYS],
    });
  });
});
