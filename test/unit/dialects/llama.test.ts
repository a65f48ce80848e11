import { describe, expect, it } from "vitest";
import type { Conversation } from "../../../src/conversation/types.ts";
import { llama2 } from "../../../src/dialects/llama2.ts";
import { importedLlama, llama3, llama31 } from "../../../src/dialects/llama3.ts";
import { llama4 } from "../../../src/dialects/llama4.ts";
import { asks, assistant, fields, image, IMAGES, says, system, user } from "../../support/conversations.ts";
import { bodyOf, folded, followsTheLaws, promptOf, streamed, ZEROS } from "./text-laws.ts";

const TOLD: Conversation = { ...says(user("a"), assistant("b"), user("c")), ...system("s") };
const BEGUN = says(user("a"), assistant("{ "));
const SEES = says(user("a", image(), "b"), assistant("c"), user(image("jpeg"), "d"));
const ANSWER_3 = "<|start_header_id|>assistant<|end_header_id|>\n\n";
const said3 = (role: string, text: string) =>
  `<|start_header_id|>${role}<|end_header_id|>\n\n${text}<|eot_id|>`;
const said4 = (role: string, text: string) => `<|header_start|>${role}<|header_end|>\n\n${text}<|eot|>`;

describe("the prompt of Llama 2", () => {
  it("is Meta's, instructions within the first turn", () => {
    expect(bodyOf(llama2, asks())).toEqual({ prompt: "<s>[INST] q [/INST]" });
    expect(promptOf(llama2, TOLD)).toBe(
      "<s>[INST] <<SYS>>\ns\n<</SYS>>\n\na [/INST] b </s><s>[INST] c [/INST]",
    );
    expect(promptOf(llama2, BEGUN)).toBe("<s>[INST] a [/INST] {");
  });
});

describe("the prompt of Llama 3", () => {
  it("is Meta's, with a header on every turn", () => {
    expect(bodyOf(llama3, asks())).toEqual({
      prompt: `<|begin_of_text|>${said3("user", "q")}${ANSWER_3}`,
    });
    expect(promptOf(llama3, TOLD)).toBe(
      `<|begin_of_text|>${said3("system", "s")}${said3("user", "a")}${said3("assistant", "b")}${said3("user", "c")}${ANSWER_3}`,
    );
    expect(promptOf(llama3, BEGUN)).toBe(`<|begin_of_text|>${said3("user", "a")}${ANSWER_3}{`);
  });

  it("marks pictures where they stand, and brings them in that order, where the model sees", () => {
    expect(bodyOf(llama31, SEES, { family: "meta.llama3-2-11b-instruct-v1:0" })).toEqual({
      prompt: `<|begin_of_text|>${said3("user", "a<|image|>b")}${said3("assistant", "c")}${said3("user", "<|image|>d")}${ANSWER_3}`,
      images: [IMAGES.png, IMAGES.jpeg],
    });
    for (const family of ["meta.llama3-3-70b-instruct-v1:0", "meta.llama3-8b-instruct-v1:0"])
      expect(() => bodyOf(llama31, SEES, { family })).toThrow("does not accept images");
    expect(() => bodyOf(importedLlama, SEES)).toThrow("does not accept images");
  });
});

describe("the prompt of Llama 4", () => {
  it("is Meta's own, not that of Llama 3", () => {
    const family = "meta.llama4-scout-17b-instruct-v1:0";
    expect(bodyOf(llama4, { ...TOLD, ...says(user("a", image())) }, { family })).toEqual({
      prompt: `<|begin_of_text|>${said4("system", "s")}${said4("user", "a<|image|>")}<|header_start|>assistant<|header_end|>\n\n`,
      images: [IMAGES.png],
    });
  });
});

describe.each([llama2, llama3, llama31, llama4, importedLlama])("$name", (dialect) => {
  it("takes sampling as it was asked for, zeros too, and has no words for the rest", () => {
    const { prompt, ...rest } = bodyOf(dialect, { ...asks(ZEROS), ...fields({ top_k: 0, extra: 1 }) });
    expect(prompt).toContain("q");
    expect(rest).toEqual({ max_gen_len: 7, temperature: 0, top_p: 0, extra: 1 });
  });

  it("asks for no more than the family writes", () => {
    const body = bodyOf(dialect, asks({ inferenceConfig: { maxTokens: 100_000 } }));
    const most = { llama2: 2048, llama4: 8192, "imported-llama": 100_000 }[dialect.name];
    expect(body["max_gen_len"]).toBe(most ?? (dialect === llama3 ? 2048 : 8192));
  });

  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["Odd", "odd"],
  ])("that stopped by %s stopped by %s, with what was counted", (stop_reason, stopReason) => {
    const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
    const expected = { content: [{ text: "hi" }], stopReason, usage };
    const whole = { generation: "hi", prompt_token_count: 3, generation_token_count: 2, stop_reason };
    expect(dialect.toAnswer(whole)).toEqual(expected);
    const chunks = [
      { generation: "h", prompt_token_count: 3, generation_token_count: 1, stop_reason: null },
      { generation: "i", prompt_token_count: null, generation_token_count: 2, stop_reason: null },
      { generation: "", prompt_token_count: null, generation_token_count: 2, stop_reason },
    ];
    expect(folded(streamed(dialect, chunks))).toEqual(expected);
  });

  followsTheLaws(dialect, {
    whole: (generation) => ({ generation, stop_reason: "stop" }),
    chunk: (generation) => ({ generation, stop_reason: null }),
    last: { generation: "", stop_reason: "stop" },
    texts: [" ", "<", "<|eot", "_id|>", "<|eot_id|>", "<|eot|>", "</s>"],
  });
});
