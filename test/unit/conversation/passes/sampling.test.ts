import { describe, expect, it } from "vitest";
import { sampling } from "../../../../src/conversation/passes/sampling.ts";
import type { InferenceConfig } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields } from "../../../support/conversations.ts";

const ALL: InferenceConfig = { temperature: 0.5, topP: 0.9, stopSequences: ["END"], maxTokens: 10 };

const fitted = (inferenceConfig: InferenceConfig, traits = able(), more = {}) => {
  const { conversation, adjustments } = sampling(asks({ inferenceConfig, ...more }), traits);
  return {
    config: conversation.inferenceConfig,
    notes: adjustments.map(({ param, action }) => `${param} ${action}`),
  };
};

describe("sampling parameters", () => {
  it("pass where the model takes them", () => {
    expect(fitted(ALL)).toEqual({ config: ALL, notes: [] });
    expect(fitted({ temperature: 0, topP: 0 })).toEqual({ config: { temperature: 0, topP: 0 }, notes: [] });
  });

  it("of a model that fixes them are refused", () => {
    expect(fitted(ALL, able({ sampling: "none" }))).toEqual({
      config: { stopSequences: ["END"], maxTokens: 10 },
      notes: ["temperature dropped", "top_p dropped"],
    });
  });

  it("of a model that takes one are refused together: temperature wins", () => {
    const one = able({ sampling: "one" });
    expect(fitted(ALL, one)).toEqual({
      config: { temperature: 0.5, stopSequences: ["END"], maxTokens: 10 },
      notes: ["top_p dropped"],
    });
    expect(fitted({ topP: 0.9 }, one)).toEqual({ config: { topP: 0.9 }, notes: [] });
    expect(fitted({ temperature: 0 }, one)).toEqual({ config: { temperature: 0 }, notes: [] });
  });

  it.each(["enabled", "adaptive", "between_tools"])("do not go with thinking: %s", (type) => {
    expect(fitted(ALL, able(), fields({ thinking: { type } }))).toEqual({
      config: { stopSequences: ["END"], maxTokens: 10 },
      notes: ["temperature dropped", "top_p dropped"],
    });
  });

  it("go with thinking that is disabled", () => {
    expect(fitted(ALL, able(), fields({ thinking: { type: "disabled" } })).config).toEqual(ALL);
  });

  it("and the limit have to be unset where Nova reasons at high effort", () => {
    const reasons = (maxReasoningEffort: string, type = "enabled") =>
      fields({ reasoningConfig: { type, maxReasoningEffort } });
    expect(fitted(ALL, able(), reasons("high"))).toEqual({
      config: { stopSequences: ["END"] },
      notes: ["temperature dropped", "top_p dropped", "max_completion_tokens dropped"],
    });
    expect(fitted(ALL, able(), reasons("medium")).config).toEqual(ALL);
    expect(fitted(ALL, able(), reasons("high", "disabled")).config).toEqual(ALL);
  });
});

describe("a temperature of OpenAI's", () => {
  it.each([1.0001, 1.4, 2])("above 1 is refused by Converse: %d becomes 1", (temperature) => {
    expect(fitted({ temperature })).toEqual({ config: { temperature: 1 }, notes: ["temperature clamped"] });
  });

  it.each([0, 0.5, 1])("up to 1 stays: %d", (temperature) => {
    expect(fitted({ temperature })).toEqual({ config: { temperature }, notes: [] });
  });

  it("that is left out anyway is not clamped as well", () => {
    expect(fitted({ temperature: 2 }, able({ sampling: "none" })).notes).toEqual(["temperature dropped"]);
  });
});

describe("an inferenceConfig", () => {
  it("of which nothing is left is left out itself", () => {
    const { conversation } = sampling(
      asks({ inferenceConfig: { temperature: 1 } }),
      able({ sampling: "none" }),
    );
    expect(conversation).toEqual(asks());
  });

  it("that was not given is not made", () => {
    expect(sampling(asks(), able({ sampling: "none" }))).toEqual({ conversation: asks(), adjustments: [] });
  });

  it("is never changed in place", () => {
    const given = Object.freeze({ ...ALL, temperature: 2 });
    expect(() => sampling(asks({ inferenceConfig: given }), able({ sampling: "none" }))).not.toThrow();
    expect(given.temperature).toBe(2);
  });
});
