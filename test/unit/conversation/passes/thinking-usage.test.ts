import { describe, expect, it } from "vitest";
import { thinkingUsage } from "../../../../src/conversation/passes/thinking-usage.ts";
import { asks, fields } from "../../../support/conversations.ts";

const COUNT = "/usage/output_tokens_details";
const thinks = (paths?: string[]) =>
  asks({
    ...fields({ thinking: { type: "adaptive" } }),
    ...(paths && { additionalModelResponseFieldPaths: paths }),
  });

describe("how much was thought, which Converse has no member for", () => {
  it("is asked for while Claude thinks, beside what the caller asked for", () => {
    expect(thinkingUsage(thinks()).conversation).toEqual(thinks([COUNT]));
    expect(thinkingUsage(thinks(["/stop_details"])).conversation).toEqual(thinks(["/stop_details", COUNT]));
  });

  it("is asked for once", () => {
    expect(thinkingUsage(thinks([COUNT]))).toEqual({ conversation: thinks([COUNT]), adjustments: [] });
  });

  it("is not asked for beyond the ten paths that AWS takes", () => {
    const full = thinks(Array.from({ length: 10 }, (_, index) => `/${index}`));
    expect(thinkingUsage(full).conversation).toEqual(full);
  });

  it.each([asks(), asks(fields({ thinking: { type: "disabled" } }))])(
    "is nothing where nothing is thought: %j",
    (asked) => {
      expect(thinkingUsage(asked)).toEqual({ conversation: asked, adjustments: [] });
    },
  );
});
