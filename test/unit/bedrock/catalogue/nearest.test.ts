import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "../../../../src/bedrock/catalogue/edit-distance.ts";
import { nearest } from "../../../../src/bedrock/catalogue/nearest.ts";

const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const IDS = [
  "amazon.nova-lite-v1:0",
  "amazon.nova-pro-v1:0",
  "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456",
  "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "meta.llama3-8b-instruct-v1:0",
  "openai.gpt-oss-120b-1:0",
  "us.anthropic.claude-3-5-haiku-20241022-v1:0",
  "us.anthropic.claude-opus-4-1-20250805-v1:0",
  SONNET,
  "us.meta.llama3-3-70b-instruct-v1:0",
];

describe("the ids that a misspelt name may have meant", () => {
  it.each([
    ["us.anthropic.claude-sonnet-4.5-20250929-v1:0", SONNET],
    ["us.antropic.claude-sonnet-4-5-20250929-v1:0", SONNET],
    ["bedrock/us.anthropic.claude-sonnet-4-5-20250929-v2:0", SONNET],
    ["us.anthropic.claude-sonnet-4-5", SONNET],
    ["clade-3-5-haiku", "us.anthropic.claude-3-5-haiku-20241022-v1:0"],
    ["nova-por", "amazon.nova-pro-v1:0"],
    ["Amazon.Nova-Lite", "amazon.nova-lite-v1:0"],
    ["gpt-oss-120", "openai.gpt-oss-120b-1:0"],
    ["us.meta.llama3-70b-instruct-v1:0", "us.meta.llama3-3-70b-instruct-v1:0"],
  ])("%s", (name, meant) => {
    expect(nearest(name, IDS)[0]).toBe(meant);
  });

  it("offers an ARN to who wrote one, and to nobody else", () => {
    const known = "arn:aws:bedrock:us-east-1:123456789012:imported-model/llama0000001";
    expect(nearest("llama", [known])).toEqual([]);
    expect(nearest(known.replace("0001", "001"), [...IDS, known])[0]).toBe(known);
  });

  it("prefers the geography that was asked for", () => {
    const [first] = nearest("eu.anthropic.claude-sonet-4-5-20250929-v1:0", IDS);
    expect(first).toBe("eu.anthropic.claude-sonnet-4-5-20250929-v1:0");
  });

  it("holds another vendor against an id more than another letter", () => {
    expect(nearest("meta.pro-v1:0", ["amazon.pro-v1:0", "meta.prod-v1:0"])[0]).toBe("meta.prod-v1:0");
  });

  it("says nothing where nothing is near, or known", () => {
    expect(nearest("qqqqqqqqqqqqqqqq", IDS)).toEqual([]);
    expect(nearest(SONNET, [])).toEqual([]);
  });

  it("gives no more than was asked for, and the same whatever the order", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.shuffledSubarray(IDS, { minLength: IDS.length }),
        (name, ids) => {
          expect(nearest(name, ids)).toEqual(nearest(name, IDS));
          expect(nearest(name, ids, 2).length).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it("looks at a bounded part of a hostile name and of an endless list", () => {
    const endless = { length: 0, reads: 0 };
    const ids = new Proxy(
      Array.from({ length: 5_000 }, (_, index) => `vendor.model-${index}`),
      {
        get(target, key, receiver) {
          if (typeof key === "string" && /^\d+$/.test(key)) endless.reads += 1;
          return Reflect.get(target, key, receiver) as unknown;
        },
      },
    );
    const name = `vendor.${"x".repeat(1_000_000)}`;
    expect(nearest(name, ids)).toEqual([]);
    expect(endless.reads).toBeLessThanOrEqual(800);
    // A million letters are no dearer than the last hundred of them.
    expect(nearest(name, IDS)).toEqual(nearest(name.slice(-100), IDS));
  });
});

describe("the edit distance", () => {
  it("is that of the whole matrix", () => {
    const slow = (one: string, other: string): number => {
      if (one === "" || other === "") return one.length + other.length;
      return Math.min(
        slow(one.slice(1), other) + 1,
        slow(one, other.slice(1)) + 1,
        slow(one.slice(1), other.slice(1)) + (one[0] === other[0] ? 0 : 1),
      );
    };
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other)).toBe(slow(one, other));
      }),
    );
  });
});
