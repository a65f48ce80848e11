import { describe, expect, it } from "vitest";
import { mistralText } from "../../../src/dialects/mistral-text.ts";
import { asks, assistant, fields, says, system, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

describe("the prompt of Mistral", () => {
  it("is its own, instructions said by the user", () => {
    expect(bodyOf(mistralText, asks())).toEqual({ prompt: "<s>[INST] q [/INST]" });
    const told = { ...says(user("a"), assistant("b"), user("c")), ...system("s") };
    expect(promptOf(mistralText, told)).toBe("<s>[INST] s\n\na [/INST] b</s>[INST] c [/INST]");
    expect(promptOf(mistralText, says(user("a"), assistant("{ ")))).toBe("<s>[INST] a [/INST] {");
  });

  it("takes sampling as it was asked for, zeros too", () => {
    expect(bodyOf(mistralText, { ...asks(ZEROS), ...fields({ top_k: 0, extra: 1 }) })).toEqual({
      prompt: "<s>[INST] q [/INST]",
      max_tokens: 7,
      temperature: 0,
      top_p: 0,
      stop: ["END"],
      top_k: 0,
      extra: 1,
    });
  });
});

describe("the answer of Mistral", () => {
  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["Odd", "odd"],
  ])("that stopped by %s stopped by %s", (stop_reason, stopReason) => {
    const expected = { content: [{ text: "hi" }], stopReason };
    expect(mistralText.toAnswer({ outputs: [{ text: " hi</s>", stop_reason }] })).toEqual(expected);
    const chunks = [
      { outputs: [{ text: " h", stop_reason: null }] },
      { outputs: [{ text: "i", stop_reason }] },
    ];
    expect(folded(streamed(mistralText, chunks))).toEqual(expected);
  });

  it("of an imported model is read in OpenAI's form too, counts that come last included", () => {
    const usage = { inputTokens: 3, outputTokens: 1, totalTokens: 4 };
    const native = { prompt_tokens: 3, completion_tokens: 1 };
    const expected = { content: [{ text: "hi" }], stopReason: "end_turn", usage };
    expect(mistralText.toAnswer({ choices: [{ text: "hi", finish_reason: "stop" }], usage: native })).toEqual(
      expected,
    );
    const chunks = [{ choices: [{ text: "hi", finish_reason: "stop" }] }, { choices: [], usage: native }];
    expect(folded(streamed(mistralText, chunks))).toEqual(expected);
  });

  followsTheLaws(mistralText, {
    whole: (text) => ({ outputs: [{ text, stop_reason: "stop" }] }),
    chunk: (text) => ({ outputs: [{ text, stop_reason: null }] }),
    last: { outputs: [{ text: "", stop_reason: "stop" }] },
    texts: [" ", "</s>", "</", "<"],
  });
});
