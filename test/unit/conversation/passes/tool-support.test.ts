import { expect, it } from "vitest";
import { toolSupport } from "../../../../src/conversation/passes/tool-support.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, offers, round, says } from "../../../support/conversations.ts";

const WITHOUT = able({ tools: false });

it("tools for a model without them are refused: an agent would wait for calls that never come", () => {
  expect(() => toolSupport(asks(offers("f")), WITHOUT)).toThrow(
    expect.objectContaining({ status: 400, code: "unsupported_parameter", param: "tools" }),
  );
});

it("tools for a model with them pass", () => {
  const asked = asks(offers("f"));
  expect(toolSupport(asked, able())).toEqual({ conversation: asked, adjustments: [] });
});

it.each([asks(), says(...round("a"))])(
  "a request that offers none passes, whatever was called before: %j",
  (asked) => {
    expect(toolSupport(asked, WITHOUT)).toEqual({ conversation: asked, adjustments: [] });
  },
);
