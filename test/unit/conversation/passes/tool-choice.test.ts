import { describe, expect, it } from "vitest";
import { toolChoice } from "../../../../src/conversation/passes/tool-choice.ts";
import type { Traits } from "../../../../src/conversation/traits.ts";
import type { Conversation, ToolChoice } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields, offers, system, tool } from "../../../support/conversations.ts";

const TOOLS = [tool("f"), tool("g")];
const choosing = (choice: ToolChoice, more: Partial<Conversation> = {}): Conversation =>
  asks({ ...more, toolConfig: { tools: TOOLS, toolChoice: choice } });
const fitted = (choice: ToolChoice, accepted: Traits["toolChoice"]) =>
  toolChoice(choosing(choice), able({ toolChoice: accepted }));

/** What is said in the last turn leaves all before it as it was. */
const told = (conversation: Conversation, words: string): Conversation => ({
  ...conversation,
  messages: conversation.messages.map((message, index, all) =>
    index === all.length - 1 ? { ...message, content: [...message.content, { text: words }] } : message,
  ),
});

const ASKED = {
  param: "tool_choice",
  action: "emulated",
  reason: "This request cannot force a tool on this model; the model is told to call it.",
};

describe("a tool choice", () => {
  it.each<ToolChoice>([{ auto: {} }, { any: {} }, { tool: { name: "f" } }])(
    "that the model accepts stays: %j",
    (choice) => {
      expect(fitted(choice, ["auto", "any", "tool"])).toEqual({
        conversation: choosing(choice),
        adjustments: [],
      });
    },
  );

  it.each<[ToolChoice, Traits["toolChoice"], ToolChoice | undefined, string]>([
    [{ tool: { name: "f" } }, ["auto", "any"], { any: {} }, "Answer by calling the tool 'f'."],
    [{ tool: { name: "f" } }, ["auto"], { auto: {} }, "Answer by calling the tool 'f'."],
    [{ tool: { name: "f" } }, [], undefined, "Answer by calling the tool 'f'."],
    [{ any: {} }, ["auto"], { auto: {} }, "Answer by calling a tool."],
    [{ any: {} }, [], undefined, "Answer by calling a tool."],
  ])(
    "%j of a model that takes only %j would be refused: it is %j, and words say the rest",
    (choice, accepted, sent, words) => {
      expect(fitted(choice, accepted)).toEqual({
        conversation: told(asks({ toolConfig: { tools: TOOLS, ...(sent && { toolChoice: sent }) } }), words),
        adjustments: [ASKED],
      });
    },
  );

  it("of auto is left out without loss where the model knows no choice", () => {
    expect(fitted({ auto: {} }, [])).toEqual({
      conversation: asks({ toolConfig: { tools: TOOLS } }),
      adjustments: [],
    });
  });

  it("of any tool among one is that tool", () => {
    const one = asks({ toolConfig: { tools: [tool("f")], toolChoice: { tool: { name: "f" } } } });
    expect(toolChoice(one, able({ toolChoice: ["auto", "any"] }))).toEqual({
      conversation: asks({ toolConfig: { tools: [tool("f")], toolChoice: { any: {} } } }),
      adjustments: [],
    });
  });

  it("is told in the last turn: a system prompt that changes is a prompt that is not cached", () => {
    const { conversation } = toolChoice(choosing({ any: {} }, system("Be brief.")), able({ toolChoice: [] }));
    expect(conversation.system).toEqual([{ text: "Be brief." }]);
    expect(conversation.messages.at(-1)!.content.at(-1)).toEqual({ text: "Answer by calling a tool." });
  });

  it.each(["enabled", "adaptive", "between_tools"])(
    "that forces is refused while Claude thinks: %s",
    (type) => {
      const thinking = fields({ thinking: { type } });
      const { conversation, adjustments } = toolChoice(choosing({ any: {} }, thinking), able());
      expect(conversation.toolConfig!.toolChoice).toEqual({ auto: {} });
      expect(adjustments).toEqual([ASKED]);
    },
  );

  it("is told once, however often it is fitted", () => {
    const once = fitted({ any: {} }, ["auto"]).conversation;
    expect(toolChoice(once, able({ toolChoice: ["auto"] }))).toEqual({ conversation: once, adjustments: [] });
  });

  it.each([asks(), asks(offers("f"))])("that was not made is not made: %j", (asked) => {
    expect(toolChoice(asked, able({ toolChoice: [] }))).toEqual({ conversation: asked, adjustments: [] });
  });
});
