import { describe, expect, it } from "vitest";
import { createKnownTargets } from "../../../../src/bedrock/models/known-targets.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";

const target = (modelId: string): Target => ({ modelId }) as Target;

describe("where names lead", () => {
  it("is remembered until something is learnt", () => {
    const known = createKnownTargets();
    known.remember({ model: "a" }, target("a"));
    expect(known.of({ model: "a" })).toEqual(target("a"));
    known.forget();
    expect(known.of({ model: "a" })).toBeUndefined();
  });

  it.each([
    ["an id for the URL", { modelId: "b" }],
    ["what one caller says", { own: { region: "eu-west-1" } }],
    ["a text to continue", { completes: true }],
  ])("is neither remembered nor told of a name with %s", (_, more) => {
    const known = createKnownTargets();
    known.remember({ model: "a", ...more }, target("a"));
    expect(known.of({ model: "a" })).toBeUndefined();
    known.remember({ model: "a" }, target("a"));
    expect(known.of({ model: "a", ...more })).toBeUndefined();
  });

  it("does not grow with the names that callers think of", () => {
    const known = createKnownTargets();
    for (let count = 0; count < 2_000; count += 1) known.remember({ model: `m${count}` }, target("a"));
    const kept = Array.from({ length: 2_000 }, (_, count) => known.of({ model: `m${count}` }));
    expect(kept.filter(Boolean)).toHaveLength(500);
  });
});
