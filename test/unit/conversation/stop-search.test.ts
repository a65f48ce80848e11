import { describe, expect, it } from "vitest";
import { createStopSearch } from "../../../src/conversation/stop-search.ts";

/** Where the first stop sequence begins in a text that comes in these pieces. */
function found(stops: readonly string[], ...pieces: string[]): number | undefined {
  const search = createStopSearch(stops);
  for (const piece of pieces) search.push(piece);
  return search.end();
}

describe("the first stop sequence", () => {
  it.each<[danger: string, stops: string[], pieces: string[], at: number | undefined]>([
    ["in one piece", ["END"], ["a END b"], 2],
    ["torn over pieces", ["END"], ["a E", "", "N", "D"], 2],
    ["none", ["END"], ["a EN", "d"], undefined],
    ["at once", ["a"], ["a"], 0],
    ["after a false start of its own letters", ["aab"], ["aaaab"], 2],
    ["after a false start of its own words", ["abcabd"], ["abcab", "cabd"], 3],
    ["of several: the one that begins first", ["three", "two"], ["one two three"], 4],
    ["of two that overlap: the one that begins first", ["abcd", "bc"], ["xabcd"], 1],
    ["of two that overlap, where the longer one comes to nothing", ["abcd", "bc"], ["xabc", "e"], 2],
    ["of two that overlap, where the text ends within the longer one", ["abcd", "bc"], ["xabc"], 2],
    ["of two with one beginning", ["ab", "a"], ["xab"], 1],
    ["of emoji", ["😀!"], ["😁😀", "?😀!"], 5],
    ["torn within an emoji", ["😀"], ["a\ud83d", "\ude00"], 1],
    ["of half an emoji is in no text", ["\ude00", "\ud83d"], ["a😀"], undefined],
  ])("%s", (_, stops, pieces, at) => expect(found(stops, ...pieces)).toBe(at));

  it("is told as soon as none can begin before it", () => {
    const search = createStopSearch(["abcd", "bc"]);
    expect([search.push("xabc"), search.push("e")]).toEqual([undefined, 2]);
  });

  it("holds back its possible beginnings, and not a letter more", () => {
    const search = createStopSearch(["\n\nHuman:", "END"]);
    const safe = (piece: string): number => (search.push(piece), search.safe());
    expect(["a\n", "\n", "Hum", "bug E", "N", "N"].map(safe)).toEqual([1, 1, 1, 10, 10, 13]);
  });

  it("of a text is not looked for in the one before", () => {
    const search = createStopSearch(["ab"]);
    search.push("xxa");
    search.reset();
    expect([search.push("b"), search.safe(), search.push("ab")]).toEqual([undefined, 1, 1]);
  });
});
