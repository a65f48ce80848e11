import { describe, expect, it } from "vitest";
import { toBatches } from "../../../src/embeddings/batches.ts";
import type { Input } from "../../../src/embeddings/family.ts";
import { ALL, COHERE_V3, COHERE_V4, family, image, input } from "./samples.ts";

const sizes = (batches: readonly (readonly Input[])[]): number[] => batches.map(({ length }) => length);
const texts = (count: number): Input[] => Array.from({ length: count }, (_, index) => input(`text ${index}`));
const byLength = (base64: string): number => base64.length;

describe("inputs in calls", () => {
  it.each(ALL)("are as many as %s takes, in their order, and none is lost", (model) => {
    const { batch } = family(model);
    const given = texts(batch * 2 + 1);
    const batches = toBatches(given, family(model), byLength);
    expect(sizes(batches)).toEqual([batch, batch, 1]);
    expect(batches.flat()).toEqual(given);
  });

  it("are no call where there are none", () => {
    expect(toBatches([], family(COHERE_V3), byLength)).toEqual([]);
  });

  it("are not more than AWS takes in one body, however few they are", () => {
    const files = Array.from({ length: 5 }, () => input(image("A".repeat(5_000_000))));
    expect(sizes(toBatches(files, family(COHERE_V4), byLength))).toEqual([2, 2, 1]);
    const long = Array.from({ length: 5 }, () => input("日".repeat(2_000_000)));
    expect(sizes(toBatches(long, family(COHERE_V4), byLength))).toEqual([2, 2, 1]);
  });

  it("are weighed by what their files weigh, not by the tokens that stand for them", () => {
    const files = Array.from({ length: 4 }, () => input(image("token")));
    expect(sizes(toBatches(files, family(COHERE_V4), () => 7_000_000))).toEqual([1, 1, 1, 1]);
  });

  it("are one call each where one alone is more than that", () => {
    const files = [input(image("A".repeat(20_000_000))), input("a"), input("b")];
    expect(sizes(toBatches(files, family(COHERE_V4), byLength))).toEqual([1, 2]);
  });

  it("are alone where Cohere 3 takes images alone, and the texts around them stay in order", () => {
    const given = [input("a"), input("b"), input(image()), input(image()), input("c"), input("d")];
    const batches = toBatches(given, family(COHERE_V3), byLength);
    expect(sizes(batches)).toEqual([2, 1, 1, 2]);
    expect(batches.flat()).toEqual(given);
  });
});
