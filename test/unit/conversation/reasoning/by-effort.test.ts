import { describe, expect, it } from "vitest";
import type { Effort } from "../../../../src/conversation/reasoning/efforts.ts";
import { reasoning } from "../../../../src/conversation/passes/reasoning.ts";
import type { Reasoning } from "../../../../src/conversation/traits.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, effort, fields } from "../../../support/conversations.ts";

const KINDS = {
  nova: (level: string) => ({ reasoningConfig: { type: "enabled", maxReasoningEffort: level } }),
  nested: (level: string) => ({ reasoning: { effort: level } }),
  flat: (level: string) => ({ reasoning_effort: level }),
} as const;
type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

const fitted = (
  kind: Reasoning["kind"],
  wish: Partial<Conversation>,
  off: Reasoning["off"] = "omit",
  efforts: readonly Effort[] = ["low", "medium", "high"],
) => reasoning(asks(wish), able({ reasoning: { kind, efforts, off } }));

const clamped = (level: string) => ({
  param: "reasoning_effort",
  action: "clamped",
  reason: `This model's nearest effort is '${level}'.`,
});

describe.each(NAMES)("an effort for a family of the kind %s", (kind) => {
  const words = KINDS[kind];

  it.each(["low", "medium", "high"] as const)("that it knows is said in its own words: %s", (level) => {
    expect(fitted(kind, effort(level))).toEqual({
      conversation: asks(fields(words(level))),
      adjustments: [],
    });
  });

  it.each([
    ["minimal", "low"],
    ["xhigh", "high"],
    ["max", "high"],
  ])("that it does not know would be refused: %s is its %s, and a note says so", (wanted, level) => {
    expect(fitted(kind, effort(wanted))).toEqual({
      conversation: asks(fields(words(level))),
      adjustments: [clamped(level)],
    });
  });

  it("of none is said by saying nothing", () => {
    expect(fitted(kind, effort("none"))).toEqual({ conversation: asks(), adjustments: [] });
    expect(fitted(kind, fields({ thinking: { type: "disabled" } }))).toEqual({
      conversation: asks(),
      adjustments: [],
    });
  });

  it("of none is its own word where it has one", () => {
    expect(fitted(kind, effort("none"), "effort", ["none", "low"])).toEqual({
      conversation: asks(fields(words("none"))),
      adjustments: [],
    });
  });

  it("of some never becomes none", () => {
    expect(fitted(kind, effort("minimal"), "effort", ["none", "low"]).conversation).toEqual(
      asks(fields(words("low"))),
    );
  });

  it("of none on a model that always thinks is its least, and a note says so", () => {
    expect(fitted(kind, effort("none"), "never")).toEqual({
      conversation: asks(fields(words("low"))),
      adjustments: [
        {
          param: "reasoning_effort",
          action: "clamped",
          reason: "This model always thinks; it was told to think as little as it can.",
        },
      ],
    });
  });

  it.each([
    [{ type: "enabled", budget_tokens: 1024 }, "low"],
    [{ type: "enabled", budget_tokens: 4096 }, "high"],
    [{ type: "enabled" }, "medium"],
    [{ type: "adaptive" }, "medium"],
    [{ type: "between_tools" }, "medium"],
  ])("is read out of Claude's thinking, which it would refuse: %j is %s", (thinking, level) => {
    expect(fitted(kind, fields({ thinking })).conversation).toEqual(asks(fields(words(level))));
  });

  it("joins what else the caller told the model", () => {
    expect(fitted(kind, { ...fields({ other: 1 }), ...effort("low") }).conversation).toEqual(
      asks(fields({ other: 1, ...words("low") })),
    );
  });
});

describe("a family without a switch for its reasoning", () => {
  it.each([effort("high"), fields({ thinking: { type: "enabled", budget_tokens: 2000 } })])(
    "would refuse %j, so it goes, and a note says so",
    (wish) => {
      expect(fitted("none", wish, "omit", [])).toEqual({
        conversation: asks(),
        adjustments: [
          {
            param: "reasoning_effort",
            action: "dropped",
            reason: "This model has no switch for its reasoning.",
          },
        ],
      });
    },
  );

  it.each([effort("none"), fields({ thinking: { type: "disabled" } })])(
    "loses nothing by %j, and nothing is noted",
    (wish) => expect(fitted("none", wish, "omit", [])).toEqual({ conversation: asks(), adjustments: [] }),
  );
});
