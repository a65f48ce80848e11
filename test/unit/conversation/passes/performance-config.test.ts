import { expect, it } from "vitest";
import { performanceConfig } from "../../../../src/conversation/passes/performance-config.ts";
import { able } from "../../../support/chat-models.ts";
import { asks } from "../../../support/conversations.ts";

const optimized = asks({ performanceConfig: { latency: "optimized" } });

it("a faster answer is refused by most models, so it comes as it does, and a note says so", () => {
  expect(performanceConfig(optimized, able({ optimizedLatency: false }))).toEqual({
    conversation: asks(),
    adjustments: [
      {
        param: "performanceConfig",
        action: "dropped",
        reason: "This model is served at standard latency only.",
      },
    ],
  });
});

it("a faster answer is asked of a model that has it", () => {
  expect(performanceConfig(optimized, able({ optimizedLatency: true }))).toEqual({
    conversation: optimized,
    adjustments: [],
  });
});

it.each([asks(), asks({ performanceConfig: { latency: "standard" } })])(
  "the usual pace is every model's: %j",
  (asked) => {
    expect(performanceConfig(asked, able({ optimizedLatency: false }))).toEqual({
      conversation: asked,
      adjustments: [],
    });
  },
);
