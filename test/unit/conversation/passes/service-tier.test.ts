import { expect, it } from "vitest";
import { serviceTier } from "../../../../src/conversation/passes/service-tier.ts";
import { able } from "../../../support/chat-models.ts";
import { asks } from "../../../support/conversations.ts";

const TIERS = ["priority", "flex", "reserved"];

it.each(TIERS)("the tier %s passes to a model that is served on it", (type) => {
  const asked = asks({ serviceTier: { type } });
  expect(serviceTier(asked, able())).toEqual({ conversation: asked, adjustments: [] });
});

it.each(TIERS)(
  "the tier %s is refused for a model of one tier, so the default answers and a note says so",
  (type) => {
    expect(serviceTier(asks({ serviceTier: { type } }), able({ serviceTiers: [] }))).toEqual({
      conversation: asks(),
      adjustments: [
        {
          param: "service_tier",
          action: "dropped",
          reason: "This model is not served on that tier.",
        },
      ],
    });
  },
);

it.each([asks(), asks({ serviceTier: { type: "default" } })])(
  "the default tier is every model's: %j",
  (asked) => {
    expect(serviceTier(asked, able({ serviceTiers: [] }))).toEqual({
      conversation: asked,
      adjustments: [],
    });
  },
);
