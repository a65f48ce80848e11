import { describe, expect, it } from "vitest";
import { ONE_TOOL_AT_A_TIME, parallelTools } from "../../../../src/conversation/passes/parallel-tools.ts";
import type { Conversation, ToolChoice } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields, offers, tool } from "../../../support/conversations.ts";

const CLAUDE = able({ parallelToolControl: true });
const oneAtATime = (toolChoice?: ToolChoice): Conversation =>
  asks({
    toolConfig: { tools: [tool("f")], ...(toolChoice && { toolChoice }) },
    ...fields({ top_k: 5, tool_choice: ONE_TOOL_AT_A_TIME }),
  });

describe("one tool at a time", () => {
  it.each<[ToolChoice | undefined, object]>([
    [undefined, { type: "auto" }],
    [{ auto: {} }, { type: "auto" }],
    [{ any: {} }, { type: "any" }],
    [{ tool: { name: "f" } }, { type: "tool", name: "f" }],
  ])(
    "goes into Claude's own field with the choice %j, and nowhere else: two choices are refused",
    (choice, type) => {
      expect(parallelTools(oneAtATime(choice), CLAUDE)).toEqual({
        conversation: asks({
          ...offers("f"),
          ...fields({ top_k: 5, tool_choice: { ...type, disable_parallel_tool_use: true } }),
        }),
        adjustments: [],
      });
    },
  );

  it("is nothing that other models know; what else the caller chose stays", () => {
    const { conversation, adjustments } = parallelTools(oneAtATime({ any: {} }), able());
    expect(conversation).toEqual(
      asks({ toolConfig: { tools: [tool("f")], toolChoice: { any: {} } }, ...fields({ top_k: 5 }) }),
    );
    expect(adjustments).toEqual([
      {
        param: "parallel_tool_calls",
        action: "dropped",
        reason: "This model has no switch for parallel tool calls.",
      },
    ]);
  });

  it.each([CLAUDE, able()])("without any tool means nothing, and is not worth a note", (traits) => {
    const { conversation, adjustments } = parallelTools(
      asks(fields({ tool_choice: ONE_TOOL_AT_A_TIME })),
      traits,
    );
    expect(conversation).toEqual(asks());
    expect(adjustments).toEqual([]);
  });

  it("is the same the second time", () => {
    const once = parallelTools(oneAtATime({ any: {} }), CLAUDE).conversation;
    expect(parallelTools(once, CLAUDE)).toEqual({ conversation: once, adjustments: [] });
  });

  it("is not in every native tool_choice: what the caller wrote for the model stays", () => {
    for (const given of [{ type: "any" }, "auto", null]) {
      const asked = asks({ ...offers("f"), ...fields({ tool_choice: given }) });
      expect(parallelTools(asked, CLAUDE)).toEqual({ conversation: asked, adjustments: [] });
    }
  });
});
