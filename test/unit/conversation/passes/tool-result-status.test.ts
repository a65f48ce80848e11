import { describe, expect, it } from "vitest";
import { toolResultStatus } from "../../../../src/conversation/passes/tool-result-status.ts";
import type { ToolResult } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { result, says, user } from "../../../support/conversations.ts";

const KNOWS = able({ toolResultStatus: true });

const fitted = (given: Partial<ToolResult>, traits = able()) => {
  const { conversation, adjustments } = toolResultStatus(
    says(user({ toolResult: { toolUseId: "a", content: [{ text: "ok" }], ...given } })),
    traits,
  );
  const { content, status } = conversation.messages[0]!.content[0]!.toolResult!;
  return { content, status, notes: adjustments.map(({ action }) => action) };
};

describe("whether a tool failed", () => {
  it.each(["success", "error"] as const)("is a status where the model has one: %s", (status) => {
    expect(fitted({ status }, KNOWS)).toEqual({ content: [{ text: "ok" }], status, notes: [] });
  });

  it("is told in words where AWS refuses a status, and a note says so", () => {
    expect(fitted({ status: "error" })).toEqual({
      content: [{ text: "(The tool failed.)" }, { text: "ok" }],
      status: undefined,
      notes: ["emulated"],
    });
  });

  it("is not worth a word where it did not", () => {
    expect(fitted({ status: "success" })).toEqual({
      content: [{ text: "ok" }],
      status: undefined,
      notes: [],
    });
  });

  it("is told in text alone: Claude refuses anything else in a failure", () => {
    expect(fitted({ status: "error", content: [{ json: { code: 1 } }] }, KNOWS)).toMatchObject({
      content: [{ text: '{"code":1}' }],
      status: "error",
    });
  });

  it("is told once", () => {
    const failed = says(user({ toolResult: { toolUseId: "a", content: [], status: "error" } }));
    const once = toolResultStatus(failed, able()).conversation;
    expect(toolResultStatus(once, able())).toEqual({ conversation: once, adjustments: [] });
  });
});

it("leaves results without a status alone", () => {
  const history = says(user("q", result("a", { json: [] })));
  expect(toolResultStatus(history, able())).toEqual({ conversation: history, adjustments: [] });
});
