import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSpreadOrder } from "../../../../src/bedrock/models/spread.ts";

const firsts = (spread: Record<string, number>, keys: readonly (string | undefined)[]): string[] => {
  const order = createSpreadOrder();
  return keys.map((key) => order(spread, key)[0]!);
};
const count = (names: readonly string[], name: string): number =>
  names.filter((each) => each === name).length;

describe("requests without a key", () => {
  it("are spread exactly by weight, and evenly", () => {
    expect(firsts({ a: 5, b: 1, c: 1 }, Array(7).fill(undefined)).join("")).toBe("aabacaa");
  });

  it("are spread by weight over those that are well, while one rests, and stay so when it is back", () => {
    const order = createSpreadOrder();
    const next = (rests: (name: string) => boolean): string =>
      order({ a: 1, b: 1, c: 2 }, undefined, rests).find((name) => !rests(name))!;
    const whileOneRests = Array.from({ length: 300 }, () => next((name) => name === "a"));
    expect([count(whileOneRests, "b"), count(whileOneRests, "c")]).toEqual([100, 200]);
    const after = Array.from({ length: 400 }, () => next(() => false));
    expect([count(after, "a"), count(after, "b")]).toEqual([100, 100]);
    const allRest = Array.from({ length: 400 }, () => order({ a: 1, b: 1, c: 2 }, undefined, () => true)[0]!);
    expect(count(allRest, "c")).toBe(200);
  });

  it("name every member, once, whoever is first", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 9 }), {
          minKeys: 1,
          maxKeys: 6,
        }),
        fc.option(fc.string(), { nil: undefined }),
        (spread, key) => {
          const order = createSpreadOrder()(spread, key);
          expect(order.toSorted()).toEqual(Object.keys(spread).toSorted());
        },
      ),
    );
  });
});

describe("requests with a key", () => {
  const keys = Array.from({ length: 4_000 }, (_, index) => `user-${index}`);

  it("meet the same member every time, in every process", () => {
    expect(firsts({ a: 1, b: 1, c: 1 }, keys)).toEqual(firsts({ a: 1, b: 1, c: 1 }, keys));
    expect(createSpreadOrder()({ east: 1, west: 1, north: 1 }, "k")).toEqual(["north", "west", "east"]);
  });

  it("are spread by weight", () => {
    const share = count(firsts({ a: 3, b: 1 }, keys), "a") / keys.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.78);
  });

  it("stay where they are when a member is added, but for those that go to it", () => {
    const before = firsts({ a: 1, b: 1 }, keys);
    const after = firsts({ a: 1, b: 1, c: 1 }, keys);
    expect(after.every((name, index) => name === "c" || name === before[index])).toBe(true);
  });
});
