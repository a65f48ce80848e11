import { describe, expect, it } from "vitest";
import { ai21J2 } from "../../../src/dialects/ai21-j2.ts";
import { asks, assistant, fields, says, user } from "../../support/conversations.ts";
import { bodyOf, followsTheLaws, promptOf, ZEROS } from "./text-laws.ts";

describe("the prompt of Jurassic", () => {
  it("is a lone question as it is, and says of several turns whose they are", () => {
    expect(bodyOf(ai21J2, asks())).toEqual({ prompt: "q" });
    expect(promptOf(ai21J2, says(user("a"), assistant("b"), user("c")))).toBe(
      "User: a\nAssistant: b\nUser: c\nAssistant:",
    );
    expect(promptOf(ai21J2, says(user("a"), assistant("{ ")))).toBe("User: a\nAssistant: {");
  });

  it("takes sampling under AI21's names, zeros too", () => {
    const wanted = { frequency_penalty: 0, presence_penalty: 0.5, presencePenalty: { applyToEmojis: false } };
    expect(bodyOf(ai21J2, { ...asks(ZEROS), ...fields({ ...wanted, top_k: 0 }) })).toEqual({
      prompt: "q",
      maxTokens: 7,
      temperature: 0,
      topP: 0,
      stopSequences: ["END"],
      frequencyPenalty: { scale: 0 },
      presencePenalty: { scale: 0.5, applyToEmojis: false },
    });
  });
});

describe("the answer of Jurassic", () => {
  it("is not streamed", () => {
    expect(ai21J2.traits.streaming).toBe(false);
  });

  it.each([
    ["endoftext", "end_turn"],
    ["length", "max_tokens"],
    ["stop", "stop_sequence"],
    ["Odd", "odd"],
  ])("that stopped by %s stopped by %s, with what can be counted", (reason, stopReason) => {
    const data = { text: " hi", tokens: [{}, {}] };
    const body = {
      id: 1,
      prompt: { text: "q", tokens: [{}] },
      completions: [{ data, finishReason: { reason } }],
    };
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
    expect(ai21J2.toAnswer(body)).toEqual({ content: [{ text: "hi" }], stopReason, usage });
  });

  followsTheLaws(ai21J2, {
    whole: (text) => ({ completions: [{ data: { text }, finishReason: { reason: "endoftext" } }] }),
    chunk: (text) => ({ completions: [{ data: { text } }] }),
    last: { completions: [{ data: { text: "" }, finishReason: { reason: "endoftext" } }] },
    texts: [" "],
  });
});
