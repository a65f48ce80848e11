import { describe, expect, it } from "vitest";
import { inOrder, readPage, type Score } from "../../../src/rerank/read-answer.ts";

const answer = (value: unknown, text = JSON.stringify(value)) => ({
  requestId: "1",
  headers: {},
  pieces: [],
  text,
});
const page = (value: unknown) => readPage(answer(value), "m");
const EMPTY = expect.objectContaining({ status: 502, code: "empty_response" }) as Error;

describe("an answer", () => {
  it("of both APIs is read, whatever they call the score", () => {
    const scores = [{ index: 1, score: 0.5 }];
    expect(page({ results: [{ index: 1, relevanceScore: 0.5 }], nextToken: "next" })).toEqual({
      scores,
      nextToken: "next",
    });
    expect(page({ results: [{ index: 1, relevance_score: 0.5 }], id: "x", meta: {} })).toEqual({ scores });
  });

  it.each([
    [{}],
    [[]],
    [null],
    ["text"],
    [{ results: {} }],
    [{ results: [null] }],
    [{ results: [{ index: "0", relevanceScore: 1 }] }],
    [{ results: [{ index: 0 }] }],
    [{ results: [{ index: 0, relevanceScore: "1" }] }],
  ])("that ranks nothing is a failure of Bedrock's: %j", (value) => {
    expect(() => page(value)).toThrow(EMPTY);
  });

  it.each(["<html>", '{"results":[{"index":0,"relevanceScore":1e999}]}', '{"results":[{"index":0,'])(
    "that is no JSON is one too, or no number of JSON's: %s",
    (text) => {
      expect(() => readPage(answer(undefined, text), "m")).toThrow(EMPTY);
    },
  );
});

describe("results", () => {
  const order = (scores: Score[], wanted = scores.length, count = 3) =>
    inOrder(scores, { wanted, count, model: "m" }).map(({ index }) => index);
  const at = (index: number, score: number): Score => ({ index, score });

  it("are sorted by score, then by their place, whatever order AWS has", () => {
    expect(order([at(2, 0.1), at(1, 0.9), at(0, 0.1)])).toEqual([1, 0, 2]);
  });

  it("are as many as were wanted", () => {
    expect(order([at(2, 0.1), at(1, 0.9), at(0, 0.2)], 2)).toEqual([1, 0]);
  });

  it.each([
    ["too few", [at(0, 1)], 2],
    ["one document twice", [at(0, 1), at(0, 1)], 2],
    ["a document that is none", [at(0, 1), at(3, 1)], 2],
    ["one before the first", [at(-1, 1)], 1],
    ["half a document", [at(0.5, 1)], 1],
  ])("are not believed: %s", (_, scores, wanted) => {
    expect(() => order(scores, wanted)).toThrow(EMPTY);
  });
});
