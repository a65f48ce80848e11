import { describe, expect, it } from "vitest";
import { toolThinking } from "../../../../src/conversation/passes/tool-thinking.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, effort, fields, offers, textFormat } from "../../../support/conversations.ts";

const torn = able({ thinksBesideTools: false });
const reason = "On this endpoint the model does not think while tools are offered.";

describe("a model that may not think while tools are offered", () => {
  it("is told not to, because it thinks where nothing is said", () => {
    expect(toolThinking(asks(offers("f")), torn)).toEqual({
      conversation: asks({ ...offers("f"), ...effort("none") }),
      adjustments: [{ param: "reasoning_effort", action: "emulated", reason }],
    });
  });

  it.each([
    ["an effort", effort("high")],
    ["a budget", fields({ thinking: { type: "enabled", budget_tokens: 2048 } })],
  ])("is told not to over %s, and the caller hears of it", (_, asked) => {
    const { conversation, adjustments } = toolThinking(asks({ ...offers("f"), ...asked }), torn);
    expect(conversation).toEqual(asks({ ...offers("f"), ...effort("none") }));
    expect(adjustments).toEqual([{ param: "reasoning_effort", action: "clamped", reason }]);
  });

  it("keeps the format that was asked for beside the effort", () => {
    const format = { textFormat: textFormat({ type: "object" }) };
    const { conversation } = toolThinking(asks({ ...offers("f"), outputConfig: format }), torn);
    expect(conversation.outputConfig).toEqual({ ...format, effort: "none" });
  });

  it.each([
    ["by an effort", effort("none")],
    ["by Claude's words", fields({ thinking: { type: "disabled" } })],
    ["by the family's own", fields({ reasoning: { effort: "none" } })],
  ])("is not told again %s", (_, asked) => {
    const silent = asks({ ...offers("f"), ...asked });
    expect(toolThinking(silent, torn)).toEqual({ conversation: silent, adjustments: [] });
  });

  it("thinks as it likes without tools, and others think beside them", () => {
    for (const [conversation, traits] of [
      [asks(effort("high")), torn],
      [asks({ ...offers("f"), ...effort("high") }), able({})],
    ] as const)
      expect(toolThinking(conversation, traits)).toEqual({ conversation, adjustments: [] });
  });
});
