import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTagSplitter, type Piece, type TagPair } from "../../../../src/dialects/parts/tag-splitter.ts";
import { cuts } from "../text-laws.ts";

const THINK: TagPair = { open: "<think>", close: "</think>" };
const OPENED: TagPair = { ...THINK, opened: true };

const split = (pieces: readonly string[], tags: TagPair): Record<Piece["kind"], string> => {
  const splitter = createTagSplitter(tags);
  const told = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  const said = (wanted: Piece["kind"]) =>
    told.flatMap(({ kind, text }) => (kind === wanted ? text : [])).join("");
  return { reasoning: said("reasoning"), text: said("text") };
};

describe("thoughts before an answer", () => {
  it.each<[string, TagPair, string, string]>([
    ["<think>a</think>b", THINK, "a", "b"],
    ["\n <think>\na\n</think>\n\nb", THINK, "a\n", "b"],
    ["b", THINK, "", "b"],
    [" b <think>c</think>", THINK, "", " b <think>c</think>"],
    ["<thin", THINK, "", "<thin"],
    [" <", THINK, "", " <"],
    ["<think></think>b", THINK, "", "b"],
    ["<think>a", THINK, "a", ""],
    ["<think>a</thin", THINK, "a</thin", ""],
    ["a</think>b</think>c", OPENED, "a", "b</think>c"],
    ["<think>a</think>b", OPENED, "a", "b"],
    ["a", OPENED, "a", ""],
    ["<th", OPENED, "<th", ""],
    ["\n\n</think>\n\nb", OPENED, "", "b"],
    ["a<</think>b", OPENED, "a<", "b"],
    ["", OPENED, "", ""],
  ])("are told from it in %j", (text, tags, reasoning, said) => {
    expect(split([text], tags)).toEqual({ reasoning, text: said });
    expect(split(text.split(""), tags)).toEqual({ reasoning, text: said });
  });

  it("are the same however the answer is torn", () => {
    const part = fc.constantFrom("<think>", "</think>", "<", "</", "think>", "\n", " ", "a");
    const torn = fc
      .array(part, { maxLength: 10 })
      .map((parts) => parts.join(""))
      .chain((text) => fc.record({ text: fc.constant(text), pieces: cuts(text), opened: fc.boolean() }));
    fc.assert(
      fc.property(torn, ({ text, pieces, opened }) => {
        expect(split(pieces, { ...THINK, opened })).toEqual(split([text], { ...THINK, opened }));
      }),
      { numRuns: 2000 },
    );
  });

  it("are held back no longer than a tag may still come of them", () => {
    const splitter = createTagSplitter(OPENED);
    expect(splitter.push("a </th")).toEqual([{ kind: "reasoning", text: "a " }]);
    expect(splitter.push("e")).toEqual([{ kind: "reasoning", text: "</the" }]);
    expect(splitter.push("</think>b<")).toEqual([{ kind: "text", text: "b<" }]);
    expect(splitter.push("/think>")).toEqual([{ kind: "text", text: "/think>" }]);
  });
});
