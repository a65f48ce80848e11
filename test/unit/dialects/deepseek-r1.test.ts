import { describe, expect, it } from "vitest";
import { deepseekR1Imported } from "../../../src/dialects/deepseek-r1-imported.ts";
import { deepseekR1 } from "../../../src/dialects/deepseek-r1.ts";
import { asks, assistant, fields, says, system, thought, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

const BOTH = [deepseekR1, deepseekR1Imported];

describe.each(BOTH)("the prompt of $name", (dialect) => {
  it("is DeepSeek's own and opens the thoughts", () => {
    expect(bodyOf(dialect, asks())).toEqual({
      prompt: "<｜begin▁of▁sentence｜><｜User｜>q<｜Assistant｜><think>\n",
    });
  });

  it("tells earlier turns without what was thought in them", () => {
    const told = { ...says(user("a"), assistant(thought("hm"), "b"), user("c")), ...system("s") };
    expect(promptOf(dialect, told)).toBe(
      "<｜begin▁of▁sentence｜>s<｜User｜>a<｜Assistant｜>b<｜end▁of▁sentence｜><｜User｜>c<｜Assistant｜><think>\n",
    );
  });

  it("asks a begun answer to go on, since thoughts come first", () => {
    expect(promptOf(dialect, says(user("a"), assistant("{")))).toMatch(
      /<｜User｜>Please continue\.<｜Assistant｜><think>\n$/,
    );
  });
});

describe("the body of R1", () => {
  const conversation = { ...asks(ZEROS), ...fields({ top_k: 0, extra: 1 }) };

  it("takes sampling as it was asked for, zeros too, under AWS's names", () => {
    const { prompt: _, ...rest } = bodyOf(deepseekR1, conversation);
    expect(rest).toEqual({ max_tokens: 7, temperature: 0, top_p: 0, stop: ["END"], extra: 1 });
  });

  it("is Llama's where the model was imported", () => {
    const { prompt: _, ...rest } = bodyOf(deepseekR1Imported, conversation);
    expect(rest).toEqual({ max_gen_len: 7, temperature: 0, top_p: 0, extra: 1 });
  });
});

describe("the answer of R1", () => {
  const answered = (text: string, stop_reason = "stop") =>
    deepseekR1.toAnswer({ choices: [{ text, stop_reason }] });

  it("is split where the thoughts end", () => {
    expect(answered("hm\n</think>\n\nhi\n")).toEqual({
      content: [thought("hm\n"), { text: "hi\n" }],
      stopReason: "end_turn",
    });
    expect(answered("<think>\nhm</think>hi<｜end▁of▁sentence｜>")).toEqual(answered("hm</think>hi"));
  });

  it("is all thought where the length ended it before that", () => {
    expect(answered("hm", "length")).toEqual({ content: [thought("hm")], stopReason: "max_tokens" });
  });

  it("of an imported model counts", () => {
    const body = {
      generation: "</think>hi",
      prompt_token_count: 3,
      generation_token_count: 2,
      stop_reason: "stop",
    };
    expect(deepseekR1Imported.toAnswer(body)).toEqual({
      content: [{ text: "hi" }],
      stopReason: "end_turn",
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it("streams its thoughts in a block of their own, torn tag or not", () => {
    const chunks = ["h", "m</th", "ink>\n", "\nhi"].map((text) => ({
      choices: [{ text, stop_reason: null }],
    }));
    const events = streamed(deepseekR1, [...chunks, { choices: [{ text: "", stop_reason: "Odd" }] }]);
    expect(folded(events)).toEqual({ content: [thought("hm"), { text: "hi" }], stopReason: "odd" });
  });

  const texts = ["<think>", "</think>", "</th", "ink>", "\n", " ", "<｜end▁of", "▁sentence｜>"];
  followsTheLaws(deepseekR1, {
    whole: (text) => ({ choices: [{ text, stop_reason: "stop" }] }),
    chunk: (text) => ({ choices: [{ text, stop_reason: null }] }),
    last: { choices: [{ text: "", stop_reason: "stop" }] },
    texts,
  });
  followsTheLaws(deepseekR1Imported, {
    whole: (generation) => ({ generation, stop_reason: "stop" }),
    chunk: (generation) => ({ generation, stop_reason: null }),
    last: { generation: "", stop_reason: "stop" },
    texts,
  });
});
