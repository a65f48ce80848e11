import { describe, expect, it } from "vitest";
import { nativeSampling } from "../../../../src/conversation/passes/native-sampling.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields } from "../../../support/conversations.ts";

const NAMES = ["seed", "frequency_penalty", "presence_penalty"] as const;
const notes = (...names: string[]) =>
  names.map((param) => ({ param, action: "dropped", reason: `This model does not accept ${param}.` }));

describe("top_k", () => {
  it("stands where the family's own body has it", () => {
    const asked = asks(fields({ top_k: 5, other: 1 }));
    expect(nativeSampling(asked, able({ topK: "top_k" }))).toEqual({ conversation: asked, adjustments: [] });
    expect(nativeSampling(asked, able({ topK: "inferenceConfig.topK" })).conversation).toEqual(
      asks(fields({ other: 1, inferenceConfig: { topK: 5 } })),
    );
  });

  it("joins what the caller wrote into Nova's own inferenceConfig", () => {
    const asked = asks(fields({ top_k: 5, inferenceConfig: { maxTokens: 9 } }));
    expect(nativeSampling(asked, able({ topK: "inferenceConfig.topK" })).conversation).toEqual(
      asks(fields({ inferenceConfig: { maxTokens: 9, topK: 5 } })),
    );
  });

  it("of no family is left out, and a note says so", () => {
    expect(nativeSampling(asks(fields({ top_k: 5 })), able({ topK: "none" }))).toEqual({
      conversation: asks(),
      adjustments: notes("top_k"),
    });
  });

  it.each(["enabled", "adaptive", "between_tools"])("is refused while Claude thinks: %s", (type) => {
    const { conversation, adjustments } = nativeSampling(
      asks(fields({ top_k: 5, thinking: { type } })),
      able(),
    );
    expect(conversation).toEqual(asks(fields({ thinking: { type } })));
    expect(adjustments).toEqual(notes("top_k"));
  });

  it("of zero is a value too", () => {
    expect(nativeSampling(asks(fields({ top_k: 0 })), able({ topK: "none" })).adjustments).toEqual(
      notes("top_k"),
    );
  });
});

describe("OpenAI's further sampling parameters", () => {
  it.each(NAMES)("that a family does not take would be refused: %s", (name) => {
    const { conversation, adjustments } = nativeSampling(asks(fields({ [name]: 1, kept: 2 })), able());
    expect(conversation).toEqual(asks(fields({ kept: 2 })));
    expect(adjustments).toEqual(notes(name));
  });

  it.each(NAMES)("that a family takes pass under their own name: %s", (name) => {
    const asked = asks(fields({ [name]: 1 }));
    expect(nativeSampling(asked, able({ nativeSampling: [name] }))).toEqual({
      conversation: asked,
      adjustments: [],
    });
  });

  it("leave no empty object behind, which some models refuse", () => {
    const { conversation } = nativeSampling(asks(fields({ seed: 1, frequency_penalty: 1 })), able());
    expect(conversation).toEqual(asks());
  });
});

it("says nothing where nothing was asked", () => {
  for (const asked of [asks(), asks(fields({ other: 1 }))])
    expect(nativeSampling(asked, able({ topK: "none" }))).toEqual({ conversation: asked, adjustments: [] });
});
