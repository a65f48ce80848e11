import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/conversation/types.ts";
import { dialectOf } from "../../../src/dialects/dialects.ts";
import { folded } from "./text-laws.ts";

type Native = [
  family: string,
  whole: (text: string) => JsonObject,
  chunk: (text: string) => JsonObject,
  last: JsonObject,
];

const generation = (text: string): JsonObject => ({ generation: text, stop_reason: "stop" });
const outputs = (text: string): JsonObject => ({ outputs: [{ text, stop_reason: "stop" }] });

/** Every family whose template leaves a blank between the mark of a turn and its words. */
const FAMILIES: readonly Native[] = [
  [
    "anthropic.claude-v2:1",
    (text) => ({ completion: text, stop_reason: "stop_sequence" }),
    (text) => ({ completion: text, stop_reason: null }),
    { completion: "", stop_reason: "stop_sequence" },
  ],
  [
    "amazon.titan-text-express-v1",
    (text) => ({ results: [{ outputText: text, completionReason: "FINISH" }] }),
    (text) => ({ outputText: text, completionReason: null }),
    { outputText: "", completionReason: "FINISH" },
  ],
  [
    "meta.llama2-70b-chat-v1",
    generation,
    (text) => ({ generation: text, stop_reason: null }),
    generation(""),
  ],
  [
    "mistral.mistral-7b-instruct-v0:2",
    outputs,
    (text) => ({ outputs: [{ text, stop_reason: null }] }),
    outputs(""),
  ],
  [
    "cohere.command-text-v14",
    (text) => ({ generations: [{ text, finish_reason: "COMPLETE" }] }),
    (text) => ({ text, is_finished: false }),
    { text: "", is_finished: true, finish_reason: "COMPLETE" },
  ],
];

describe.each(FAMILIES)("the blank before the words of %s", (family, whole, chunk, last) => {
  const dialect = dialectOf(family)!;
  const streamed = (pieces: readonly string[], continues: boolean): unknown => {
    const read = dialect.createReader(continues);
    return folded([...pieces.map(chunk), last].flatMap((each) => read(each)))?.content;
  };

  it("is the template's where the answer begins: one, and no more", () => {
    for (const [raw, said] of [
      [" 42", "42"],
      ["  42", " 42"],
      ["42", "42"],
    ] as const) {
      expect(dialect.toAnswer(whole(raw), false)!.content).toEqual([{ text: said }]);
      expect(streamed([raw.slice(0, 1), raw.slice(1)], false)).toEqual([{ text: said }]);
    }
  });

  it("is the model's where it goes on with its own words: 'The answer is' + ' 42'", () => {
    expect(dialect.toAnswer(whole(" 42"), true)!.content).toEqual([{ text: " 42" }]);
    expect(streamed([" ", "42"], true)).toEqual([{ text: " 42" }]);
    expect(streamed([" 42"], true)).toEqual([{ text: " 42" }]);
  });
});

it("and of a family that does not stream", () => {
  const j2 = dialectOf("ai21.j2-ultra-v1")!;
  const body = {
    completions: [{ data: { text: " 42", tokens: [] }, finishReason: { reason: "endoftext" } }],
  };
  expect(j2.toAnswer(body, true)!.content).toEqual([{ text: " 42" }]);
  expect(j2.toAnswer(body, false)!.content).toEqual([{ text: "42" }]);
});
