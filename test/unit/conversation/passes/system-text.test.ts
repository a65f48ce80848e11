import { describe, expect, it } from "vitest";
import { systemText } from "../../../../src/conversation/passes/system-text.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, assistant, point, says, system, user } from "../../../support/conversations.ts";

const WITHOUT = able({ system: false });

describe("instructions for a model that refuses a system prompt", () => {
  it("open the conversation, said by the user, and a note says so", () => {
    const asked = { ...says(user("q"), assistant("a")), ...system("Be brief.", "Be kind.") };
    expect(systemText(asked, WITHOUT)).toEqual({
      conversation: says(user("Be brief.", "Be kind."), user("q"), assistant("a")),
      adjustments: [
        {
          param: "messages",
          action: "emulated",
          reason: "This model has no system prompt; the instructions open the conversation instead.",
        },
      ],
    });
  });

  it("keep what a guardrail looks at", () => {
    const guarded = { guardContent: { text: { text: "Never say X." } } };
    const { conversation } = systemText({ ...asks(), ...system("Be brief.", guarded, point()) }, WITHOUT);
    expect(conversation.messages[0]!.content.slice(0, 2)).toEqual([{ text: "Be brief." }, guarded]);
  });

  it("stay where they are on any other model", () => {
    const asked = { ...asks(), ...system("Be brief.") };
    expect(systemText(asked, able())).toEqual({ conversation: asked, adjustments: [] });
  });

  it("that nobody gave are none", () => {
    expect(systemText(asks(), WITHOUT)).toEqual({ conversation: asks(), adjustments: [] });
  });
});
