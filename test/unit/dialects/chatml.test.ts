import { describe, expect, it } from "vitest";
import { chatml } from "../../../src/dialects/chatml.ts";
import { asks, assistant, fields, says, system, thought, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

const said = (role: string, text: string) => `<|im_start|>${role}\n${text}<|im_end|>\n`;
const ANSWER = "<|im_start|>assistant\n";

describe("the prompt of an imported Qwen", () => {
  it("is ChatML", () => {
    expect(bodyOf(chatml, asks())).toEqual({ prompt: said("user", "q") + ANSWER });
    const told = { ...says(user("a"), assistant(thought("hm"), "b"), user("c")), ...system("s") };
    expect(promptOf(chatml, told)).toBe(
      said("system", "s") + said("user", "a") + said("assistant", "b") + said("user", "c") + ANSWER,
    );
    expect(promptOf(chatml, says(user("a"), assistant("{ ")))).toBe(`${said("user", "a")}${ANSWER}{`);
  });

  it("takes sampling as it was asked for, zeros too", () => {
    const { prompt: _, ...rest } = bodyOf(chatml, { ...asks(ZEROS), ...fields({ top_k: 0, extra: 1 }) });
    expect(rest).toEqual({ max_gen_len: 7, temperature: 0, top_p: 0, stop: ["END"], top_k: 0, extra: 1 });
  });
});

describe("the answer of an imported Qwen", () => {
  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["Odd", "odd"],
  ])(
    "that stopped by %s stopped by %s, under either name, without what ends a turn",
    (stop_reason, stopReason) => {
      const expected = { content: [{ text: "hi" }], stopReason };
      expect(chatml.toAnswer({ generation: "hi<|im_end|><|endoftext|>", stop_reason })).toEqual(expected);
      expect(chatml.toAnswer({ text: "hi<|im_end|>", stop_reason })).toEqual(expected);
      const chunks = ["h", "i<|im_", "end|><|end", "oftext|>"].map((generation) => ({ generation }));
      expect(folded(streamed(chatml, [...chunks, { generation: "", stop_reason }]))).toEqual(expected);
    },
  );

  it("keeps such a token where words follow it", () => {
    const chunks = ["a<|im_end|>", "<|im_end|>", "b<|im"].map((generation) => ({ generation }));
    expect(folded(streamed(chatml, [...chunks, { generation: "", stop_reason: "stop" }]))?.content).toEqual([
      { text: "a<|im_end|><|im_end|>b<|im" },
    ]);
  });

  it("tells the thoughts of Qwen3 from its words, and an empty thought not at all", () => {
    expect(
      chatml.toAnswer({ generation: "<think>\nhm\n</think>\n\nhi", stop_reason: "stop" })?.content,
    ).toEqual([thought("hm\n"), { text: "hi" }]);
    expect(chatml.toAnswer({ generation: "<think>\n\n</think>\n\nhi" })?.content).toEqual([{ text: "hi" }]);
  });

  followsTheLaws(chatml, {
    whole: (generation) => ({ generation, stop_reason: "stop" }),
    chunk: (text) => ({ text }),
    last: { generation: "", stop_reason: "stop" },
    texts: ["<think>", "</think>", "<|im_end|>", "<|im_", "end|>", "<|endoftext|>", "\n", "<"],
  });
});
