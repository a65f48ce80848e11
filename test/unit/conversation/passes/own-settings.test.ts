import { describe, expect, it } from "vitest";
import { ownSettings } from "../../../../src/conversation/passes/own-settings.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, effort, fields } from "../../../support/conversations.ts";

const PROMPT = able({ ownSettings: true });

describe("a managed prompt", () => {
  it.each<[string, Partial<Conversation>]>([
    ["inferenceConfig", { inferenceConfig: { temperature: 0 } }],
    ["additionalModelRequestFields", fields({ top_k: 0 })],
    ["outputConfig", effort("low")],
  ])("takes no %s, and a note says what was dropped", (param, given) => {
    const { conversation, adjustments } = ownSettings(asks(given), PROMPT);
    expect(conversation).toEqual(asks());
    expect(adjustments).toEqual([
      {
        param,
        action: "dropped",
        reason: expect.stringMatching(/^A managed prompt brings its own settings;.*\.$/),
      },
    ]);
  });

  it("takes what is not a setting of the model", () => {
    const asked = asks({
      requestMetadata: { team: "a" },
      serviceTier: { type: "flex" },
      additionalModelResponseFieldPaths: ["/a"],
    });
    expect(ownSettings(asked, PROMPT)).toEqual({ conversation: asked, adjustments: [] });
  });

  it("is no model: a model is told everything", () => {
    const asked = asks({ inferenceConfig: { temperature: 0 }, ...fields({ top_k: 1 }) });
    expect(ownSettings(asked, able())).toEqual({ conversation: asked, adjustments: [] });
  });

  it("leaves what was given as it was", () => {
    const asked = asks({ inferenceConfig: { temperature: 0 } });
    ownSettings(asked, PROMPT);
    expect(asked.inferenceConfig).toEqual({ temperature: 0 });
  });
});
