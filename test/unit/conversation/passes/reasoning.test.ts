import { describe, expect, it } from "vitest";
import { reasoning } from "../../../../src/conversation/passes/reasoning.ts";
import type { Reasoning } from "../../../../src/conversation/traits.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, effort, fields, textFormat } from "../../../support/conversations.ts";

const kind = (of: Reasoning["kind"], off: Reasoning["off"] = "omit") =>
  able({ reasoning: { kind: of, efforts: ["low", "medium", "high"], off } });

describe("a wish to think", () => {
  it.each<[Reasoning["kind"], object]>([
    ["budget", { thinking: { type: "enabled", budget_tokens: 2048 } }],
    [
      "adaptive",
      { thinking: { type: "adaptive", display: "summarized" }, output_config: { effort: "medium" } },
    ],
    ["nova", { reasoningConfig: { type: "enabled", maxReasoningEffort: "medium" } }],
    ["nested", { reasoning: { effort: "medium" } }],
    ["flat", { reasoning_effort: "medium" }],
  ])("is said in the words of the family: %s", (of, words) => {
    const { conversation } = reasoning(asks(effort("medium")), kind(of));
    expect(conversation.additionalModelRequestFields).toEqual(words);
    expect(conversation).not.toHaveProperty("outputConfig");
  });

  it.each<Reasoning["kind"]>(["budget", "adaptive", "nova", "nested", "flat", "none"])(
    "leaves nothing of OpenAI's words for %s to refuse, and everything else in place",
    (of) => {
      const format = { textFormat: textFormat({ type: "object" }) };
      const { conversation } = reasoning(
        {
          ...asks(fields({ top_k: 1, output_config: { effort: "low", format: "f" } })),
          outputConfig: { ...format, effort: "high" },
        },
        kind(of),
      );
      expect(conversation.outputConfig).toEqual(format);
      expect(conversation.additionalModelRequestFields).toMatchObject({
        top_k: 1,
        output_config: { format: "f" },
      });
    },
  );

  it("that nobody has is none: a caller's own words for the family stay", () => {
    for (const asked of [
      asks(),
      asks(fields({ reasoningConfig: { type: "enabled" }, reasoning_effort: "low" })),
    ])
      expect(reasoning(asked, kind("nova"))).toEqual({ conversation: asked, adjustments: [] });
  });

  it("in words that mean nothing stays as it is, for AWS to judge", () => {
    for (const asked of [asks(effort("extreme")), asks(fields({ thinking: "yes" }))])
      expect(reasoning(asked, kind("budget"))).toEqual({ conversation: asked, adjustments: [] });
  });

  it.each<Reasoning["kind"]>(["budget", "adaptive", "nova", "nested", "flat", "none"])(
    "is the same the second time, and then nothing is left to note: %s",
    (of) => {
      const once = reasoning(asks(effort("max")), kind(of)).conversation;
      expect(reasoning(once, kind(of))).toEqual({ conversation: once, adjustments: [] });
    },
  );
});
