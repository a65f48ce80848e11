import { describe, expect, it } from "vitest";
import { toolNames } from "../../../../src/conversation/passes/tool-names.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, offers, point, round, says, tool, WEB_SEARCH } from "../../../support/conversations.ts";

const fitted = (conversation: Conversation, traits = able()) => toolNames(conversation, traits);
const VALID = /^[a-zA-Z0-9_-]{1,64}$/;
const sent = (...names: string[]): string[] =>
  fitted(asks(offers(...names))).conversation.toolConfig!.tools.map((each) => each.toolSpec!.name);

describe("a tool's name", () => {
  it("that Bedrock takes stays, and nothing is noted or to be restored", () => {
    const asked = { ...says(...round("a", "get_weather")), ...offers("get_weather") };
    expect(fitted(asked)).toEqual({
      conversation: asked,
      adjustments: [],
      restore: { toolNames: new Map() },
    });
  });

  it("that AWS refuses becomes Bedrock's in offer, choice and history, and the answer gives the caller's back", () => {
    const { conversation, adjustments, restore } = fitted({
      ...says(...round("a", "my.tool")),
      toolConfig: { tools: [tool("my.tool")], toolChoice: { tool: { name: "my.tool" } } },
    });
    expect(conversation).toEqual({
      ...says(...round("a", "my_tool")),
      toolConfig: { tools: [tool("my_tool")], toolChoice: { tool: { name: "my_tool" } } },
    });
    expect(adjustments).toEqual([
      { param: "tools", action: "renamed", reason: "'my.tool' is sent as 'my_tool'." },
    ]);
    expect(restore!.toolNames).toEqual(new Map([["my_tool", "my.tool"]]));
  });

  it("in the history alone is made Bedrock's too", () => {
    const { conversation } = fitted({ ...says(...round("a", "old tool")), ...offers("f") });
    expect(conversation.messages[1]!.content[0]!.toolUse!.name).toBe("old_tool");
  });

  it("never collides with another, whichever comes first", () => {
    const names = ["a.b", "a_b", "a b", "a".repeat(70), `${"a".repeat(69)}b`, "ä", "ö"];
    for (const order of [names, names.toReversed()]) {
      const got = sent(...order);
      expect(new Set(got).size).toBe(names.length);
      expect(got[order.indexOf("a_b")]).toBe("a_b");
      expect(got.every((name) => VALID.test(name))).toBe(true);
    }
  });

  it("of a megabyte is cut, and the note about it too", () => {
    const { conversation, adjustments } = fitted(asks(offers("x".repeat(1_000_000))));
    expect(conversation.toolConfig!.tools[0]!.toolSpec!.name).toMatch(VALID);
    expect(adjustments[0]!.reason.length).toBeLessThan(200);
  });

  it("gives every caller's name back from what was sent", () => {
    const names = ["a.b", "a b", "a_b"];
    const { conversation, restore } = fitted(asks(offers(...names)));
    const back = conversation.toolConfig!.tools.map(({ toolSpec }) => {
      return restore!.toolNames!.get(toolSpec!.name) ?? toolSpec!.name;
    });
    expect(back).toEqual(names);
  });

  it("that is AWS's own is refused, so it becomes another that is nobody's", () => {
    const traits = able({ reservedToolNames: ["nova_grounding"] });
    const { conversation, restore } = fitted(asks(offers("nova_grounding", "nova_grounding_")), traits);
    const [renamed, other] = conversation.toolConfig!.tools.map(({ toolSpec }) => toolSpec!.name);
    expect(renamed).toMatch(VALID);
    expect(["nova_grounding", other]).not.toContain(renamed);
    expect(other).toBe("nova_grounding_");
    expect(restore!.toolNames).toEqual(new Map([[renamed, "nova_grounding"]]));
  });

  it("is the same whatever else was fitted before", () => {
    const once = fitted(asks(offers("a.b", "a b"))).conversation;
    expect(fitted(once).conversation).toEqual(once);
  });
});

describe("two tools of one name, which AWS refuses", () => {
  it("are the first of them, and a note says so", () => {
    const first = tool("f", { type: "object", title: "first" });
    const { conversation, adjustments } = fitted(
      asks({ toolConfig: { tools: [first, tool("f"), tool("g")] } }),
    );
    expect(conversation.toolConfig!.tools).toEqual([first, tool("g")]);
    expect(adjustments).toEqual([
      { param: "tools", action: "dropped", reason: "Only the first tool of a name is sent." },
    ]);
  });
});

it("keeps cache points and AWS's own tools where they are", () => {
  const asked = asks({ toolConfig: { tools: [tool("f"), point(), WEB_SEARCH], toolChoice: { any: {} } } });
  expect(fitted(asked).conversation).toEqual(asked);
});
